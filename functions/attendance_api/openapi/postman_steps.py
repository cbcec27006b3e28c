"""A request of the Postman collection: what it sends, and what it takes from the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Step:
    """An operation with what it sends; what is not told here is the document's own example.

    `body`, `path` and `query` may hold `{{variables}}`; `save` fills variables from the answer,
    by the way to the value in it; `expected` is a status that is not the operation's success.
    """

    operation: str
    body: Any = None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    save: Mapping[str, str] = field(default_factory=dict)
    expected: str | None = None
    before: str = ""


def step(operation: str, **told: Any) -> Step:
    """In short."""
    return Step(operation=operation, **told)


def collection(one: str, body: Any, changes: Any) -> list[Step]:
    """An object is made, listed, read and changed; its id is kept as `{one}Id`."""
    title, key = one.title(), f"{one}Id"
    return [
        step(f"create{title}", body=body, save={key: f"{one}.id"}),
        step(f"list{title}s"),
        step(f"get{title}", path={key: f"{{{{{key}}}}}"}),
        step(f"change{title}", path={key: f"{{{{{key}}}}}"}, body=changes),
    ]


def removal(one: str) -> Step:
    """The object made before is removed."""
    key = f"{one}Id"
    return step(f"remove{one.title()}", path={key: f"{{{{{key}}}}}"})
