"""An upload of a terminal that calls by itself: durable, once, whoever else sends it (punches.md).

What is kept of it is what an agent would have handed over of the same lines.
"""

import base64
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.adapters import keys
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.punches import PunchStore
from attendance.adapters.table_errors import ConditionFailedError
from attendance.model.punch import StoredPunch
from attendance.runtime import Runtime
from attendance.services.find_push_caller import PushCaller
from attendance.services.push_contact import note_contact
from attendance.times import to_iso

AT_ONCE = 8
A_PART = 250
UNREADABLE_KEPT = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class PushRow:
    """A punch as the terminal wrote it; `timestamp` as in `StoredPunch`."""

    user_id: str
    timestamp: str
    status: int
    punch: int


@dataclass(frozen=True, kw_only=True)
class Push:
    """An upload: its punches, its unreadable lines with what is wrong, its mark if it has one."""

    punches: Sequence[PushRow]
    unreadable: Sequence[tuple[bytes, str]]
    stamp: str | None
    request_id: str


def receive_push(parts: Runtime, caller: PushCaller, push: Push, now: datetime) -> None:
    """Keep an upload whole; the same one again changes nothing.

    An unreadable line is kept with its bytes for a year and counted at the terminal. Raises
    UnavailableError when not everything is stored: the terminal may send it again.
    """
    punches = {p.punch_id: p for p in (_stored(row, caller, push, now) for row in push.punches)}
    _insert(parts.punches, list(punches.values()))
    fresh = _set_aside(parts, caller, push, now)
    note_contact(parts.directory, caller.device, now, unreadable=fresh)
    if push.stamp is not None:
        _remember(parts, caller, push.stamp)


def _stored(row: PushRow, caller: PushCaller, push: Push, now: datetime) -> StoredPunch:
    return StoredPunch(
        company_id=caller.device.company_id,
        device_id=caller.device.member_id,
        user_id=row.user_id,
        timestamp=row.timestamp,
        status=row.status,
        punch=row.punch,
        uid=None,
        log_index=None,
        received_at=now,
        agent_id=None,
        batch_id=None,
        request_id=push.request_id,
    )


def _insert(store: PunchStore, punches: Sequence[StoredPunch]) -> None:
    several = [punches[first : first + A_PART] for first in range(0, len(punches), A_PART)]
    if len(several) <= 1:
        store.insert(punches)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(store.insert, several))


def _set_aside(parts: Runtime, caller: PushCaller, push: Push, now: datetime) -> int:
    """How many of the unreadable lines are new."""
    lines = {hashlib.sha256(raw).hexdigest(): (raw, why) for raw, why in push.unreadable}
    items = [
        NoteItem(
            *keys.unreadable_line_key(caller.company, caller.device.member_id, line_hash),
            kind="unreadableLine",
            body={
                "line": base64.b64encode(raw).decode(),
                "reason": why,
                "receivedAt": to_iso(now),
                "requestId": push.request_id,
            },
            expires_at=int((now + UNREADABLE_KEPT).timestamp()),
        ).at_revision(1)
        for line_hash, (raw, why) in lines.items()
    ]
    return sum(parts.table.insert_many(items))


def _remember(parts: Runtime, caller: PushCaller, stamp: str) -> None:
    """The mark is a convenience: without it the terminal sends more, and nothing doubles."""
    if stamp == caller.stamp:
        return
    caller.note.body = {**caller.note.body, "stamp": stamp}
    with suppress(ConditionFailedError):
        parts.table.save(caller.note)
