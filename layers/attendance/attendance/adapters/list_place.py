"""A record's place in the list of its company: newest shift first.

The place is the shift's date, the minute of its start and a digest of person and shift. It is
short, since it is kept twice with each record, and it can be told from what counters know.
"""

import base64
import hashlib
from datetime import UTC, date, datetime, time, timedelta

from attendance.model.seat import Seat

START_CHARS = 3
DIGEST_CHARS = 13
_MINUTE = timedelta(minutes=1)
_DAY_BEFORE = timedelta(days=1)
_LAST = 32**START_CHARS - 1


def list_place(seat: Seat) -> str:
    """`YYYY-MM-DD#` and 16 characters of 0-9A-V; read backwards, the newest is first."""
    facts = seat.shift
    who = f"{seat.user_id}#{facts.shift_id}"
    return f"{facts.shift_date}#{_start(facts.shift_date, facts.starts_at)}{_digest(who)}"


def _start(day: date, starts_at: datetime) -> str:
    """The minute of the start, counted from a day before the date begins in UTC."""
    origin = datetime.combine(day, time(), UTC)
    minutes = (starts_at - origin + _DAY_BEFORE) // _MINUTE
    number = min(max(minutes, 0), _LAST)
    return _text(number.to_bytes(5, "big"))[-START_CHARS:]


def _digest(text: str) -> str:
    return _text(hashlib.sha256(text.encode()).digest()[:8])[:DIGEST_CHARS]


def _text(content: bytes) -> str:
    """Base 32 whose text order is the order of the bytes."""
    return base64.b32hexencode(content).decode()
