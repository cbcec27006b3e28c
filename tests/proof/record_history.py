"""Invariants I5 to I7 of records, over what was committed and what callers were told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from attendance.adapters.items.seat_item import SeatItem, item_to_seat
from attendance.model.seat import Seat

OK, FAIL, INFO = "ok", "fail", "info"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one call was told of one record's evidence: done, refused, or nothing for sure.

    `evidence` is `in` or `out`; `alone` tells that nobody asked for the same before.
    """

    user_id: str
    evidence: str
    outcome: str
    word: str = ""
    record_version: int = 0
    alone: bool = True


def seats_of(records: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[Seat]]:
    """The committed states of each seat, oldest first, by its key."""
    found: dict[tuple[str, str], list[Seat]] = defaultdict(list)
    for record in records:
        image = record["dynamodb"].get("NewImage")
        if image is not None and image["kind"]["S"] == "seat":
            key = image["pk"]["S"], image["sk"]["S"]
            found[key].append(item_to_seat(SeatItem.from_raw_data(dict(image))))
    return found


def broken(records: Iterable[Mapping[str, Any]], told: Iterable[Told]) -> Iterator[str]:
    """The invariants that do not hold, each with what shows it."""
    told = list(told)
    for states in seats_of(records).values():
        yield from _versions(states)
        of_person = [call for call in told if call.user_id == states[-1].user_id]
        yield from _visibility(states[-1], of_person)
    for call in told:
        if call.outcome == FAIL and call.word.startswith("errMsg_already") and call.alone:
            yield f"I7: {call.user_id} was told {call.word} of its own write"


def _versions(states: list[Seat]) -> Iterator[str]:
    who = states[0].user_id
    for before, after in pairwise(states):
        step = after.record_version - before.record_version
        if step != (after.verdict != before.verdict):
            yield f"I6: {who} from version {before.record_version} to {after.record_version}"
        if after.revision != before.revision + 1:
            yield f"I6: {who} from revision {before.revision} to {after.revision}"
    if states[0].record_version != (states[0].verdict is not None):
        yield f"I6: {who} begins at version {states[0].record_version}"


def _visibility(seat: Seat, told: list[Told]) -> Iterator[str]:
    for evidence in ("in", "out"):
        kept = sum(action["direction"] == evidence for action in seat.actions)
        outcomes = Counter(call.outcome for call in told if call.evidence == evidence)
        if kept > 1:
            yield f"I5: {seat.user_id} has {kept} times {evidence}"
        if outcomes[OK] > kept:
            yield f"I7: {seat.user_id} was told {outcomes[OK]} times of {evidence}, kept {kept}"
        if kept and not outcomes[OK] and not outcomes[INFO]:
            yield f"I7: {seat.user_id} was refused {evidence}, which is there"
