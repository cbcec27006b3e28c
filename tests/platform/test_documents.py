"""What the documents tell people to type exists."""

import re
import tomllib
from pathlib import Path

import pytest

from local.choices import Choices
from local.folder import REPOSITORY
from tests.platform.template import TEMPLATE

MAKEFILE = (REPOSITORY / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
DOCUMENTS = [
    path
    for path in (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md")))
    if path.exists()
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_command_in_a_document_is_a_target(document: Path) -> None:
    text = document.read_text()
    commands = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))

    assert commands <= TARGETS


def test_every_target_is_phony_and_described() -> None:
    phony = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split())
    described = set(re.findall(r"^([a-z]+):.*  ## ", MAKEFILE, re.MULTILINE))

    assert phony == described == TARGETS


def test_the_documented_ports_are_the_launchers() -> None:
    text = (REPOSITORY / "docs" / "running-locally.md").read_text()
    documented = dict(re.findall(r"^\| `(\w*PORT)` \| (\d+) \|", text, re.MULTILINE))
    default = Choices.from_environment({})

    assert documented == {
        "PORT": str(default.port),
        "EDGE_PORT": str(default.edge_port),
        "ENGINE_PORT": str(default.engine_port),
    }


def test_the_documented_parameters_are_the_templates() -> None:
    text = (REPOSITORY / "docs" / "deploying.md").read_text()
    documented = dict(re.findall(r"^\| `([A-Z]\w+)` \| (?:`(.*?)`|none) \|", text, re.MULTILINE))
    parameters = {name: p["Default"] for name, p in TEMPLATE["Parameters"].items()}

    assert documented == {
        name: default
        for name, default in parameters.items()
        if name not in ("Target", "AppVersion")
    }


def test_the_agents_lock_is_made_from_what_the_agent_declares() -> None:
    project = tomllib.loads((REPOSITORY / "edge_agent" / "pyproject.toml").read_text())["project"]
    lines = (REPOSITORY / "requirements" / "edge.in").read_text().splitlines()

    declared = {re.match(r"[\w.-]+", need)[0] for need in project["dependencies"]}
    assert declared == {
        re.match(r"[\w.-]+", line)[0] for line in lines if line[:1] not in ("", "#")
    }
