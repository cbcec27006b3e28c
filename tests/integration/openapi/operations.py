"""The operations of the document, one by one."""

from dataclasses import dataclass
from typing import Any

from tests.kept_openapi import current_document

DOCUMENT = current_document()


@dataclass(frozen=True)
class Operation:
    """A method of a path; `told` is what the document says of it."""

    method: str
    path: str
    told: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def success(self) -> tuple[str, dict[str, Any]]:
        """Its one status below 300, and the answer's content by type."""
        (status,) = [code for code in self.told["responses"] if code < "300"]
        return status, self.told["responses"][status].get("content", {})

    @property
    def request(self) -> dict[str, Any]:
        """The body's content by type."""
        return self.told.get("requestBody", {}).get("content", {})

    def parameters(self, place: str) -> dict[str, dict[str, Any]]:
        """Those in query, path or header, by name."""
        told = self.told.get("parameters", [])
        return {parameter["name"]: parameter for parameter in told if parameter["in"] == place}


OPERATIONS = [
    Operation(method, path, told)
    for path, methods in DOCUMENT["paths"].items()
    for method, told in methods.items()
]


def resolved(told: dict[str, Any]) -> dict[str, Any]:
    """The schema or answer that a reference means, or what is no reference itself."""
    if "$ref" not in told:
        return told
    _, _, kind, name = told["$ref"].split("/")
    return DOCUMENT["components"][kind][name]
