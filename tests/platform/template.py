"""The template as data: functions, roles and what they are given."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samcli.yamlhelper import yaml_parse

from local.folder import REPOSITORY

TEMPLATE: dict[str, Any] = yaml_parse(Path(REPOSITORY / "template.yaml").read_text())
RESOURCES: dict[str, Any] = TEMPLATE["Resources"]


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    """Logical id to properties."""
    return {
        name: resource["Properties"]
        for name, resource in RESOURCES.items()
        if resource["Type"] == kind
    }


FUNCTIONS = of_type("AWS::Serverless::Function")
ROLES = of_type("AWS::IAM::Role")


def statements(role: str) -> Iterator[dict[str, Any]]:
    """Everything a role is allowed."""
    for policy in ROLES[role]["Policies"]:
        yield from policy["PolicyDocument"]["Statement"]


def as_list(value: Any) -> list[Any]:
    """IAM takes one or many."""
    return value if isinstance(value, list) else [value]


def environment(function: str) -> dict[str, Any]:
    """A function's variables, the shared ones with its own."""
    shared: dict[str, Any] = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]
    own = FUNCTIONS[function].get("Environment", {}).get("Variables", {})
    return {**shared, **own}


def package(function: str) -> str:
    """The folder under functions/ that holds it."""
    return str(FUNCTIONS[function]["Handler"]).partition(".")[0]
