"""Pages of ordered rows: which ones, and what is too much at once (rest-api.md section 1)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from attendance.errors import InvalidError

MAX_ROWS = 10_000
MAX_BYTES = 5_000_000

RowT = TypeVar("RowT")


@dataclass(frozen=True, kw_only=True)
class PageWanted:
    """`number` counts from 1, 0 wants everything; `size` is in rows."""

    number: int
    size: int

    @property
    def first(self) -> int:
        """The place of the first row wanted, from 0."""
        return max(self.number - 1, 0) * self.size

    @property
    def end(self) -> int:
        """The place after the last row wanted; one more than allowed when everything is."""
        return self.first + self.size if self.number else MAX_ROWS + 1


@dataclass(frozen=True, kw_only=True)
class Rows(Generic[RowT]):
    """The rows of one page and how many there are in all."""

    rows: Sequence[RowT]
    total: int


def page_of(matching: Iterable[RowT], page: PageWanted) -> Rows[RowT]:
    """The page of rows that come in order, counted by reading them all.

    Raises InvalidError when everything is wanted and is more than 10,000 rows.
    """
    rows = iter(matching)
    skipped = sum(1 for _ in islice(rows, page.first))
    wanted = list(islice(rows, page.end - page.first))
    refuse_too_many(page, len(wanted))
    return Rows(rows=wanted, total=skipped + len(wanted) + sum(1 for _ in rows))


def refuse_too_many(page: PageWanted, total: int) -> None:
    """Raises InvalidError when everything is wanted and is more than 10,000 rows."""
    if page.number == 0 and total > MAX_ROWS:
        raise _too_much(f"more than {MAX_ROWS:,} rows")


def refuse_too_large(page: PageWanted, rows: Iterable[Any]) -> None:
    """Raises InvalidError when everything is wanted and is more than 5 MB of JSON."""
    if page.number == 0 and sum(len(json.dumps(row)) for row in rows) > MAX_BYTES:
        raise _too_much(f"more than {MAX_BYTES:,} bytes")


def _too_much(amount: str) -> InvalidError:
    return InvalidError(
        "invalidPageNumber",
        f"pageNumber: expected 1 or more, since everything is {amount} here; page or filter.",
    )
