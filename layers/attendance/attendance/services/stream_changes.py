"""A record of the table's stream as what it means: an item before and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from attendance.adapters.items.base import TableItem

ItemT = TypeVar("ItemT", bound=TableItem)
Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """`before` and `after` are raw images, None where there is no item; `sequence` is unique."""

    kind: str
    key: tuple[str, str]
    sequence: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def read(
        self, model: type[ItemT], convert: Callable[[ItemT], Value]
    ) -> tuple[Value | None, Value | None]:
        """Both images, read as items of a model and converted."""

        def value(image: dict[str, Any] | None) -> Value | None:
            return None if image is None else convert(model.from_raw_data(image))

        return value(self.before), value(self.after)


def read_change(record: Mapping[str, Any]) -> TableChange:
    """The change a stream record tells of."""
    data = record["dynamodb"]
    before, after = data.get("OldImage"), data.get("NewImage")
    image = after or before
    return TableChange(
        kind=image["kind"]["S"] if image else "",
        key=(data["Keys"]["pk"]["S"], data["Keys"]["sk"]["S"]),
        sequence=data.get("SequenceNumber", ""),
        before=dict(before) if before else None,
        after=dict(after) if after else None,
    )
