"""The event of a punch that no record could take (events.md)."""

from collections.abc import Iterator
from datetime import datetime

from attendance.model.event import Event
from attendance.model.punch import StoredPunch
from attendance.services.present_punch import present_punch

UNTAKEN = frozenset(
    {"unmatched", "unknownUser", "inactiveUser", "noDirection", "futureClock", "tooOld",
     "conflict", "INVALID_TIME"}
)  # fmt: skip


def punch_events(
    before: StoredPunch | None, after: StoredPunch, revision: int, now: datetime
) -> Iterator[Event]:
    """`punch.unmatched`, when the last judging could not use a punch and it is news."""
    if after.outcome is None or after.outcome.outcome not in UNTAKEN:
        return
    if before is not None and before.outcome == after.outcome:
        return
    yield Event(
        detail_type="punch.unmatched",
        company_id=after.company_id,
        entity=after.punch_id,
        version=revision,
        occurred_at=now,
        request_id=after.request_id,
        actor=f"device:{after.device_id}",
        data={"punch": present_punch(after), "reason": after.outcome.outcome},
    )
