"""The routes that terminals call by themselves, in plain text (punches.md)."""

from typing import Any

PREFIX = "/iclock/"

_REFUSALS = {
    "403": ("Nobody knows this token, or this terminal.", "ERROR: unknown terminal"),
    "413": ("The upload is over its limit.", "ERROR: too large"),
    "503": ("A dependency is throttling; the terminal repeats.", "ERROR: try again later"),
}
_LINES = "5\t2026-03-06 09:15:23\t0\t1\t0\t0\n"
_QUERY = {
    "SN": "The terminal's serial number.",
    "table": "What is uploaded; only ATTLOG is taken.",
    "Stamp": "How far the terminal's log has been sent.",
    "options": "The word `all`, when a terminal asks for its options.",
}


def complete_terminal_route(method: str, path: str, operation: dict[str, Any]) -> None:
    """Add parameters, body and answers, in place."""
    operation["security"] = [{}]
    uploads = path.endswith("/cdata") and method == "post"
    names = ("SN", "table", "Stamp") if uploads else ("SN", "options")
    operation.setdefault("parameters", []).extend(
        {
            "name": name,
            "in": "query",
            "required": name == "SN",
            "description": _QUERY[name],
            "schema": {"type": "string"},
        }
        for name in names
    )
    if uploads:
        operation["requestBody"] = {"required": True, "content": _text(_LINES)}
    operation["responses"] = {
        "200": {"description": "The answer.", "content": _text("OK: 1" if uploads else "OK")},
        "404": {"$ref": "#/components/responses/NotFound"},
        "500": {"$ref": "#/components/responses/Failed"},
        **{
            status: {"description": description, "content": _text(text)}
            for status, (description, text) in _REFUSALS.items()
        },
    }


def _text(example: str) -> dict[str, Any]:
    return {"text/plain": {"schema": {"type": "string"}, "example": example}}
