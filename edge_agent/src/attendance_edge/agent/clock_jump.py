"""A terminal's clock that was turned between two readings, remembered for people."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from attendance_edge.outbox import Outbox
from attendance_edge.terminal import CLOCK_JUMP_SECONDS


@dataclass(frozen=True, kw_only=True)
class ClockJump:
    """`before` and `after` are the clock's error in seconds; `at` (UTC, ISO 8601) when noticed."""

    before: float
    after: float
    at: str


def note_clock_jump(
    outbox: Outbox, device_id: str, before: float | None, after: float | None, at: str
) -> None:
    """Remember the latest jump of a terminal; nothing for two readings that agree."""
    if before is None or after is None or abs(after - before) <= CLOCK_JUMP_SECONDS:
        return
    jump = ClockJump(before=before, after=after, at=at)
    outbox.keep_note(_name(device_id), json.dumps(asdict(jump)))


def read_clock_jump(notes: Mapping[str, str], device_id: str) -> ClockJump | None:
    """The latest jump, from the outbox's notes."""
    kept = notes.get(_name(device_id))
    return None if kept is None else ClockJump(**json.loads(kept))


def _name(device_id: str) -> str:
    return f"clock jumped: {device_id}"
