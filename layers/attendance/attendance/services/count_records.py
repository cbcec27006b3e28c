"""The stream keeps count of the records in the lists (docs/decisions/0008)."""

from collections import defaultdict
from collections.abc import Iterable

from attendance.adapters.count_marks import Mark, marks_of
from attendance.adapters.keys import place_of_seat
from attendance.adapters.record_counts import RecordCounts
from attendance.adapters.record_list import listed
from attendance.identity import CompanyId
from attendance.runtime import Runtime
from attendance.services.stream_changes import TableChange


def count_records(parts: Runtime, changes: Iterable[TableChange]) -> None:
    """Count what a batch of the stream, in its order, did to the lists. Again is harmless.

    Raises UnavailableError when the table is busy.
    """
    companies: dict[str, dict[Mark, bool]] = defaultdict(dict)
    for change in changes:
        images = (change.before, change.after)
        if change.kind == "seat" and any("listSk" in image for image in images if image):
            companies[place_of_seat(change.key)[0]] |= _moves(change)
    for company_id, moves in companies.items():
        RecordCounts(parts.table, CompanyId(company_id)).apply(moves, parts.now())


def _moves(change: TableChange) -> dict[Mark, bool]:
    was, became = (listed(image) if image else None for image in (change.before, change.after))
    if was == became:
        return {}
    moves = marks_of(was[0], None) if was else {}
    return moves | (marks_of(*became) if became else {})
