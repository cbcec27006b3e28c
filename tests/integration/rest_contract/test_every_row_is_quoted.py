"""No row of rest-api.md is without a test that quotes it.

What the tests of a section quote (between “ and ”), read in order, is the whole section: its
letters are compared by their digest, since the page itself is not kept here. Markdown's marks,
headings and the heads of tables do not count, nor how lines are broken.
"""

import ast
import hashlib
import re
from pathlib import Path

import pytest

from local.folder import REPOSITORY

DIGESTS = {
    1: "3328dbf575aa3b617e378129a9ab6ea2c85429b5538842ea1458aa986888efbc",
    2: "d52c66adaf7cab32f181ab1aa92945275925d613fafc1f205f57be7b1d81bdd4",
    3: "2f7758426e8c2cf25b35d0f495b98f7811586a6b6e8683bcf0a8a25cf5f35fad",
    4: "67244720fef3309511e286ebe5c86aa8b37701d37294b713c99dcd9388612443",
    5: "82ddc7c74a30390cd4c43ed943dbd31fbc278cb84dfe8c5ed245a3dffb875fd0",
    6: "97a025b1b85e7d2864896262b89f6a906fbed361b471f34f319915ee5f0952a5",
    7: "18ba48a530ea0b9a4d3d74547f78eacaaa15b096113172ee44d4caa0002cc5a3",
}

DOCS = REPOSITORY / "docs"


def letters(text: str) -> str:
    """Text without marks and spaces."""
    return re.sub(r"[|`*\s]", "", text)


def quoted(section: int) -> str:
    """All that the tests of a section quote."""
    (file,) = Path(__file__).parent.glob(f"test_section_{section}_*.py")
    tests = [
        node
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    docstrings = "\n".join(ast.get_docstring(test) or "" for test in tests)
    return " ".join(re.findall("“(.*?)”", docstrings, flags=re.DOTALL))


def names_in_rows(section: int) -> set[str]:
    """Routes, fields, words and headers that a section puts in code marks."""
    codes = " ".join(re.findall(r"`([^`]*)`", quoted(section)))
    return {name.removeprefix("errMsg_") for name in re.findall(r"[A-Za-z][A-Za-z_-]{2,}", codes)}


@pytest.mark.parametrize("section", DIGESTS)
def test_our_own_pages_know_every_name_of_a_section(section: int) -> None:
    pages = "\n".join((DOCS / name).read_text() for name in ("api.md", "accounts.md"))
    assert sorted(name for name in names_in_rows(section) if name not in pages) == []


@pytest.mark.parametrize("section", DIGESTS)
def test_the_quotes_of_a_section_are_the_whole_section(section: int) -> None:
    found = hashlib.sha256(letters(quoted(section)).encode()).hexdigest()
    assert found == DIGESTS[section], "a row is not quoted, or not in the page's own words"
