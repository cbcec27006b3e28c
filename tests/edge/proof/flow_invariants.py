"""I1 to I4: from the terminal to the service nothing is lost, doubled, invented or let go early."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from attendance_edge.outbox import PunchRow
from tests.edge.proof.history import Event, Punch, punches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RECOVERY_SECONDS = 120


def no_loss(events: Sequence[Event]) -> Iterator[str]:
    """I1: each punch a terminal accepted is with the service 120 s after the faults ended.

    On its way it is never lost from the disk: what the outbox has said to be stored is there
    at every later start, unless something else damages the file in between.
    """
    arrived: dict[Punch, float] = {}
    for event in _reads(events):
        for punch in punches(row["punch"] for row in event.result):
            arrived.setdefault(punch, event.t)
    refused = _named(events, "rejected")
    ended = max((event.t for event in events if event.op == "faults end"), default=0.0)
    for punch, at in _taken(events, "ok").items():
        if punch in refused:
            continue
        if arrived.get(punch, float("inf")) > max(at, ended) + RECOVERY_SECONDS:
            yield f"{punch}, accepted at {at:.3f}, is not with the service in time"
    yield from _stored_stays(events)


def _stored_stays(events: Sequence[Event]) -> Iterator[str]:
    stored: dict[str, float] = {}
    for event in events:
        if (event.op, event.type) == ("store", "ok"):
            for punch in punches(event.args):
                stored.setdefault(identity(punch), event.t)
        elif event.op == "damage":
            stored.clear()
        elif event.op == "read back" and (gone := _gone(stored, event)):
            yield f"{gone} stored punches gone at {event.t:.3f}"


def _gone(stored: dict[str, float], looked: Event) -> int:
    """An agent that runs meanwhile stores more while its file is read."""
    began = looked.result.get("began", looked.t)
    due = {punch for punch, at in stored.items() if at <= began}
    return len(due - set(looked.result["taken"]))


def no_invention(events: Sequence[Event]) -> Iterator[str]:
    """I2: the service holds punches that terminals accepted, each once, and no others."""
    taken = _taken(events, "ok", "info")
    for event in _reads(events):
        found = Counter(punches(row["punch"] for row in event.result))
        yield from (f"{punch} is there {n} times" for punch, n in found.items() if n > 1)
        yield from (f"{punch} was never made" for punch in found if punch not in taken)


def receipts_hold(events: Sequence[Event]) -> Iterator[str]:
    """I3: what the service named as accepted is in every later read."""
    named: set[Punch] = set()
    for event in events:
        if (event.op, event.type) == ("ingest", "ok"):
            named.update(punches(event.result["accepted"]))
        elif (event.op, event.type) == ("read", "ok"):
            lost = named - set(punches(row["punch"] for row in event.result))
            yield from (f"{punch} was accepted and is gone" for punch in lost)


def rows_leave_by_receipt(events: Sequence[Event]) -> Iterator[str]:
    """I4: a row leaves the outbox only after an answer that names it.

    Seen twice: as the agent takes rows out, and as the file shows at every start.
    """
    receipts = _receipts(events)
    known = {identity(punch): punch for punch in _taken(events, "ok", "info")}
    for event in events:
        if event.op == "settle":
            left = punches(event.args)
        elif event.op == "read back":
            kept = {identity(punch) for punch in punches(event.result["queue"])}
            kept |= {identity(punch) for punch in punches(p for p, _ in event.result["rejected"])}
            left = [known[one] for one in event.result["taken"] if one not in kept and one in known]
        else:
            continue
        for punch in left:
            if bisect_left(receipts.get(punch, []), event.t) == 0:
                yield f"{punch} left the outbox by {event.t:.3f} without a receipt"


def identity(punch: Punch) -> str:
    """The outbox's own mark of a punch, in hexadecimal."""
    device_id, *row = punch
    return PunchRow(*row).identity(device_id).hex()  # type: ignore[arg-type]


def _reads(events: Sequence[Event]) -> Iterator[Event]:
    return (event for event in events if (event.op, event.type) == ("read", "ok"))


def _taken(events: Sequence[Event], *types: str) -> dict[Punch, float]:
    return {
        punches([event.args])[0]: event.t
        for event in events
        if event.op == "punch" and event.type in types
    }


def _named(events: Sequence[Event], how: str) -> set[Punch]:
    return {
        punch
        for event in events
        if (event.op, event.type) == ("ingest", "ok")
        for punch in punches(one[0] if how == "rejected" else one for one in event.result[how])
    }


def _receipts(events: Sequence[Event]) -> dict[Punch, list[float]]:
    """When each punch was named by an answer that went out whole, in order of time."""
    named: dict[Punch, list[float]] = {}
    for event in events:
        if (event.op, event.type) == ("ingest", "ok"):
            rows = [*event.result["accepted"], *(one for one, _ in event.result["rejected"])]
            for punch in punches(rows):
                named.setdefault(punch, []).append(event.t)
    return named
