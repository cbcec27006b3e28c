"""No file of the repository holds a key, a token or a password that opens something."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.folder import REPOSITORY

SECRETS = {
    "key of AWS": re.compile(r"\b(AKIA|ASIA)[0-9A-Z]{16}\b"),
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "token": re.compile(r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"),
    "token of GitHub": re.compile(r"\b(gh[pousr]_\w{36,}|github_pat_\w{40,})"),
    "token of Slack": re.compile(r"\bxox[abprs]-[\w-]{10,}"),
    "address with a password": re.compile(r"[a-z]+://[^/\s:@{}]+:[^/\s:@{}$]+@[\w.-]+"),
}
MADE = {"node_modules", "build", "dist", "__pycache__", "mutants"}
NOT_TEXT = {".png", ".ico", ".gz", ".pdf", ".woff2"}


def found_in(text: str) -> Iterator[str]:
    """What in a text looks like a secret."""
    for name, pattern in SECRETS.items():
        if match := pattern.search(text):
            yield f"{name}: {match[0][:12]}…"


def files_of(folder: Path) -> Iterator[Path]:
    """The files below, but for what is built, installed or kept by tools."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path
        elif path.name not in MADE and (path.name == ".ci" or not path.name.startswith(".")):
            yield from files_of(path)


def test_no_file_holds_a_secret():
    texts = [path for path in files_of(REPOSITORY) if path.suffix not in NOT_TEXT]
    assert len(texts) > 500
    found = [
        f"{path.relative_to(REPOSITORY)} {secret}"
        for path in texts
        for secret in found_in(path.read_text(errors="replace"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "key = 'AKIA" + "ABCDEFGHIJKLMNOP'",
        "-----BEGIN " + "EC PRIVATE KEY-----",
        "eyJ" + "a" * 30 + ".eyJ" + "b" * 30 + "." + "c" * 43,
        "gh" + "p_" + "a" * 36,
        "xox" + "b-0123456789-abc",
        "redis://user:" + "password@cache.example",
    ],
)
def test_a_secret_is_found(text):
    assert len(list(found_in(text))) == 1
