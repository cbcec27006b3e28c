"""The stream keeps count of the records in the lists (docs/decisions/0008)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from attendance.adapters.items.seat_item import STATUS
from attendance.adapters.keys import place_of_seat
from attendance.adapters.record_counts import RecordCounts
from attendance.domain.status import Status
from attendance.identity import CompanyId
from attendance.runtime import Runtime
from attendance.services.stream_changes import TableChange


def count_records(parts: Runtime, changes: Iterable[TableChange]) -> None:
    """Count what a batch of the stream, in its order, did to the lists. Again is harmless.

    Raises UnavailableError when the table is busy.
    """
    companies: dict[str, dict[str, Status | None]] = defaultdict(dict)
    for change in changes:
        was, became = _listed(change.before), _listed(change.after)
        if change.kind != "seat" or (was is None and became is None):
            continue
        companies[place_of_seat(change.key)[0]] |= _moves(was, became)
    for company_id, moves in companies.items():
        RecordCounts(parts.table, CompanyId(company_id)).apply(moves, parts.now())


Listed = tuple[str, Status]


def _listed(image: Mapping[str, Any] | None) -> Listed | None:
    if image is None or "listSk" not in image or STATUS not in image:
        return None
    return image["listSk"]["S"], Status(image[STATUS]["S"])


def _moves(was: Listed | None, became: Listed | None) -> dict[str, Status | None]:
    if was == became:
        return {}
    moves: dict[str, Status | None] = {}
    if was is not None:
        moves[was[0]] = None
    if became is not None:
        moves[became[0]] = became[1]
    return moves
