"""Record ids: opaque for clients, reversible to the key for us.

Opaque ids that carry their key make "get one record" a single consistent read. The company is
not in the id: it comes from the session, so a forged id finds nothing outside it.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import date

from attendance.identity import is_id


@dataclass(frozen=True, kw_only=True)
class RecordKey:
    """Whose record of which shift on which day; `shift_date` is the day that owns the shift."""

    user_id: str
    shift_date: date
    shift_id: str


def encode_record_id(key: RecordKey) -> str:
    """URL-safe text of `[A-Za-z0-9_-]`."""
    day = key.shift_date.isoformat().replace("-", "")
    text = f"{day}.{key.user_id}.{key.shift_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_record_id(record_id: str) -> RecordKey | None:
    """The key behind an id, or None when no id of ours looks like that."""
    try:
        padded = record_id + "=" * (-len(record_id) % 4)
        day, user_id, shift_id = (
            base64.urlsafe_b64decode(padded.encode()).decode("ascii").split(".")
        )
        key = RecordKey(user_id=user_id, shift_date=date.fromisoformat(day), shift_id=shift_id)
    except (ValueError, binascii.Error):
        return None
    well_formed = is_id(user_id) and is_id(shift_id) and encode_record_id(key) == record_id
    return key if well_formed else None
