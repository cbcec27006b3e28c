"""The verdict on one shift: what the attendance record says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from attendance.domain.status import Status


class Flag(StrEnum):
    """The flags of simulate.md, in the order they are shown."""

    MISSING_CHECK_OUT = "missingCheckOut"
    MISSING_CHECK_IN = "missingCheckIn"
    AUTO_ABSENT = "autoAbsent"
    AUTO_CLOSED = "autoClosed"
    CORRECTED = "corrected"
    CONFLICT = "conflict"
    DST_GAP = "dstGap"
    DST_FOLD = "dstFold"
    AWAITING_DEVICE = "awaitingDevice"
    HOLIDAY = "holiday"


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """The facts beside the status. Minutes are whole minutes.

    `awaiting_device` is the device that holds an automatic absence back, if one does.
    """

    open: bool = False
    worked_minutes: int = 0
    overtime_minutes: int = 0
    early_leave_minutes: int = 0
    half_day: bool = False
    flags: tuple[Flag, ...] = ()
    awaiting_device: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a record says. `check_in` and `check_out` are UTC and never rounded.

    `late_by_minutes` is the measured lateness, kept also when the status is overridden.
    """

    status: Status
    check_in: datetime | None = None
    check_out: datetime | None = None
    late_by_minutes: int = 0
    absence_reason: str | None = None
    manager_note: str | None = None
    details: Details = Details()

    @property
    def status_idx(self) -> int:
        """The document's number of the status."""
        return self.status.idx
