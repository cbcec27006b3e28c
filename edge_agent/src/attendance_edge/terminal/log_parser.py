"""From the log's bytes to punches, each record for itself."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance_edge.terminal.layouts import Layout
from attendance_edge.terminal.punches import Quarantined, TerminalPunch
from attendance_edge.terminal.times import DAY_SECONDS, midnight_of
from attendance_edge.terminal.user_ids import UserIds


@dataclass(frozen=True, kw_only=True)
class ParsedLog:
    """What the records say, in the log's order; the two together are all of them."""

    punches: tuple[TerminalPunch, ...]
    quarantined: tuple[Quarantined, ...]


class _Draft:
    """A TerminalPunch while its fields are set.

    A frozen dataclass sets each field through a call, which would triple the time of a large
    log; the same slots under a class that is not frozen are set directly.
    """

    __slots__ = TerminalPunch.__slots__

    def __init__(
        self,
        user_id: str,
        timestamp: datetime,
        status: int,
        punch: int,
        uid: int | None,
        log_index: int,
    ) -> None:
        self.user_id = user_id
        self.timestamp = timestamp
        self.status = status
        self.punch = punch
        self.uid = uid
        self.log_index = log_index


class _Midnights(dict[int, datetime | None]):
    def __missing__(self, day: int) -> datetime | None:
        self[day] = midnight_of(day)
        return self[day]


class _TimesOfDay(dict[int, timedelta]):
    def __missing__(self, second: int) -> timedelta:
        self[second] = timedelta(0, second)
        return self[second]


def parse_log(
    body: bytes, layout: Layout, *, first_index: int = 0, users: Mapping[int, str] | None = None
) -> ParsedLog:
    """Decode whole records; one that names nobody or no day is set aside with its bytes.

    `first_index` is the place of the first record in the log, `users` maps internal numbers to
    user ids for layouts that hold no other. Linear: 100,000 records take a fraction of a second.
    """
    user_ids = UserIds(users if layout.by_uid else None)
    with _collector_at_rest():
        return _parse(body, layout, first_index, user_ids)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Records are no garbage; a collector that visits them all again and again doubles the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _parse(body: bytes, layout: Layout, first_index: int, user_ids: UserIds) -> ParsedLog:
    punches: list[TerminalPunch] = []
    quarantined: list[Quarantined] = []
    midnights, times = _Midnights(), _TimesOfDay()
    keep = punches.append
    index = first_index
    for uid, key, verify, time, state in layout.rows(body):
        user_id, midnight = user_ids[key], midnights[time // DAY_SECONDS]
        if user_id is None or midnight is None:
            start = (index - first_index) * layout.size
            raw = body[start : start + layout.size]
            reason = _reason(layout, key, midnight is None)
            quarantined.append(Quarantined(raw=raw, log_index=index, reason=reason))
        else:
            moment = midnight + times[time % DAY_SECONDS]
            draft = _Draft(user_id, moment, verify, state, uid, index)
            draft.__class__ = TerminalPunch  # type: ignore[assignment]
            keep(draft)  # type: ignore[arg-type]
        index += 1
    return ParsedLog(punches=tuple(punches), quarantined=tuple(quarantined))


def _reason(layout: Layout, key: bytes | int, impossible_date: bool) -> str:
    if impossible_date:
        return "the record's date is none that a terminal can show"
    if layout.by_uid:
        return f"internal number {key!r} is not in the terminal's user table"
    return "the record's user id is empty or not readable text"
