"""What one record of a terminal's log says, or why it says nothing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TerminalPunch:
    """One record of the log.

    `user_id` is text as enrolled (it may start with zeros or hold letters); `timestamp` is the
    terminal's own wall time, naive; `status` is how the person was verified (0 password,
    1 finger, 2 card, 15 face); `punch` is the key or state (0 in, 1 out, 2 break out, 3 break in,
    4 overtime in, 5 overtime out, 255 none); `uid` is the terminal's internal number where the
    record holds one; `log_index` is the record's place in the log, from 0.
    """

    user_id: str
    timestamp: datetime
    status: int
    punch: int
    uid: int | None = None
    log_index: int


@dataclass(frozen=True, kw_only=True)
class Quarantined:
    """A record that could not be understood: its bytes, its place in the log, and why."""

    raw: bytes
    log_index: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class LivePunch:
    """A punch the terminal pushed as it happened; a hint that never replaces reading the log.

    `stored` is False for a punch that the terminal says it did not put into its log (a repeat,
    a wrong time zone): to be shown, never booked. `user_id` is empty where the event carries
    only the internal number `uid`.
    """

    user_id: str
    timestamp: datetime
    status: int
    punch: int
    uid: int | None = None
    stored: bool = True
