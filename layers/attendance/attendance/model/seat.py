"""The roster entry, which becomes the attendance record (architecture.md, idea 2)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from attendance.record_id import RecordKey, encode_record_id


@dataclass(frozen=True, kw_only=True)
class ShiftFacts:
    """What a seat copies from its shift; instants in UTC, `start_time`/`end_time` as `HH:MM`."""

    shift_id: str
    shift_date: date
    start_time: str
    end_time: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    location: str | None
    department_id: str | None


@dataclass(frozen=True, kw_only=True)
class UserFacts:
    """What a seat copies from its person, for the `user` join of lists."""

    email: str
    fullname: str
    avatar: str | None


@dataclass(frozen=True, kw_only=True)
class StoredVerdict:
    """The verdict as written: the attendance record's own fields (rest-api.md section 2)."""

    status: str
    check_in: datetime | None
    check_out: datetime | None
    late_by_minutes: int
    absence_reason: str | None
    manager_note: str | None
    is_active: bool
    details: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Why the record has its present version: the event's kind, who, and the request behind it.

    `kind` is the detail-type without its prefix: checkedIn, checkedOut, markedAbsent, corrected.
    `cause` is set when late data or a new policy changed a verdict already published.
    """

    kind: str
    actor: str
    request_id: str
    at: datetime
    cause: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One person's place in one shift: its facts, actions, decisions, and the verdict on them.

    `revision` counts every write and guards each next one; `record_version` counts the
    changes of the verdict and is 0 while there is no record. `write_id` is the last writer's
    own mark, by which a writer whose answer was lost knows its own write.
    """

    company_id: str
    user_id: str
    shift: ShiftFacts
    user: UserFacts
    assigned: bool = True
    actions: tuple[dict[str, Any], ...] = ()
    decisions: tuple[dict[str, Any], ...] = ()
    verdict: StoredVerdict | None = None
    record_version: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None
    swept_at: datetime | None = None
    due_at: datetime | None = None
    change: Change | None = None
    revision: int = field(default=0, compare=False)
    write_id: str | None = field(default=None, compare=False)

    @property
    def key(self) -> RecordKey:
        """Where the seat is kept, without its company."""
        return RecordKey(
            user_id=self.user_id,
            shift_date=self.shift.shift_date,
            shift_id=self.shift.shift_id,
        )

    @property
    def record_id(self) -> str:
        """The id clients know the record by."""
        return encode_record_id(self.key)
