"""`next` of `GET /attendance/all`: where the following page begins.

The text is bound to the company, the reader's scope and the filters by a check sum, so one that
was made up, or taken from another list, is refused. It is no secret: it only says where to go on,
and what can be read there is decided by the session alone.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from attendance.adapters.punch_list import Place, Position
from attendance.errors import invalid_field


def write_cursor(position: Position, bound_to: Sequence[Any]) -> str:
    """URL-safe text; `bound_to` is what the list was asked with, JSON-ready."""
    place = position.place
    seen = [position.timestamp, place.device_id, place.user_id, place.punch, place.status]
    text = json.dumps([_check_sum(seen, bound_to), *seen], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, bound_to: Sequence[Any]) -> Position:
    """The position a cursor names. Raises InvalidError for one that we did not give."""
    try:
        padded = text + "=" * (-len(text) % 4)
        given, *seen = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        timestamp, device_id, user_id, punch, status = seen
        position = Position(timestamp, Place(device_id, user_id, punch, status))
        is_ours = given == _check_sum(seen, bound_to)
    except (ValueError, TypeError, RecursionError) as error:
        raise _refused() from error
    if not is_ours:
        raise _refused()
    return position


def _check_sum(seen: Sequence[Any], bound_to: Sequence[Any]) -> str:
    text = json.dumps([list(bound_to), list(seen)], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _refused() -> Exception:
    return invalid_field("next", "the `next` of an answer to the same question")
