"""A record's place in the list of its company: newest shift first, a shift's people together.

The place is the shift's date, the minute of its start, and digests of shift and person. It is
short, since it is kept twice with each record, and it can be told from what counters know.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits

from attendance.model.seat import Seat

START_CHARS = 2
SPOT_CHARS = len("2026-03-06#") + START_CHARS
_MINUTE = timedelta(minutes=1)
_DAY_BEFORE = timedelta(days=1)
_MINUTES_AN_HOUR = 60
_IN_ORDER = f"-{digits}{ascii_uppercase}_{ascii_lowercase}"
"""Base 64 whose text order is the order of the bytes."""
_FROM_BASE64 = str.maketrans(f"{ascii_uppercase}{ascii_lowercase}{digits}-_", _IN_ORDER)
_LAST = len(_IN_ORDER) * _MINUTES_AN_HOUR - 1
"""Minutes: no zone is so far from UTC that a start would be later."""


@dataclass(frozen=True, kw_only=True)
class ListPlace:
    """Whose record of which shift; `spot` is `YYYY-MM-DD#` and the minute of the start."""

    spot: str
    shift_id: str
    user_id: str

    @property
    def text(self) -> str:
        """The sort key of the list: the spot and 16 characters; backwards, the newest is first."""
        return stretch_of(self.spot, self.shift_id) + digest(self.user_id)


def list_place(seat: Seat) -> ListPlace:
    """Where a seat's record is listed."""
    facts = seat.shift
    spot = spot_of(facts.shift_date, facts.starts_at)
    return ListPlace(spot=spot, shift_id=facts.shift_id, user_id=seat.user_id)


def spot_of(day: date, starts_at: datetime) -> str:
    """The day and the minute (of UTC) at which a shift starts, counted from a day before it."""
    origin = datetime.combine(day, time(), UTC)
    minutes = (starts_at - origin + _DAY_BEFORE) // _MINUTE
    high, low = divmod(min(max(minutes, 0), _LAST), len(_IN_ORDER))
    return f"{day}#{_IN_ORDER[high]}{_IN_ORDER[low]}"


def hour_of(spot: str) -> str:
    """The hour of a spot's start, in one character; text order is time order."""
    high, low = map(_IN_ORDER.index, spot[-START_CHARS:])
    return _IN_ORDER[(high * len(_IN_ORDER) + low) // _MINUTES_AN_HOUR]


def stretch_of(spot: str, shift_id: str) -> str:
    """What the places of a shift's records have in common, and no other places."""
    return spot + _digest_of_shift(shift_id)


def digest(text: str) -> str:
    """48 bits of a digest in eight characters."""
    content = hashlib.sha256(text.encode()).digest()[:6]
    return base64.urlsafe_b64encode(content).decode().translate(_FROM_BASE64)


_digest_of_shift = lru_cache(maxsize=1000)(digest)
