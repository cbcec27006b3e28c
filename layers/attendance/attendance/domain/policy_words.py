"""The words a policy may use (rules.md section 9)."""

from enum import StrEnum


class LateCountsFrom(StrEnum):
    """From where minutes late are counted, once somebody is late."""

    START = "start"
    GRACE_END = "graceEnd"


class LateAndEarlyStatus(StrEnum):
    """The status of who came late and left early."""

    LEFT_EARLY = "leftEarly"
    LATE = "late"


class OpenStatus(StrEnum):
    """Whether an open record on time is already decided (present) or pending."""

    DECIDED = "decided"
    PENDING = "pending"


class DirectionMode(StrEnum):
    """How check-in and check-out are read from the punches of a shift (section 3)."""

    AUTO = "auto"
    LABELLED = "labelled"
    ALTERNATING = "alternating"
    FIRST_LAST = "firstLast"


class WorkedTime(StrEnum):
    """How worked time is counted (section 5)."""

    FIRST_LAST = "firstLast"
    PAIRS = "pairs"


class MissingCheckOut(StrEnum):
    """What the sweep does with a record left open (section 6)."""

    CLOSE_AT_SHIFT_END = "closeAtShiftEnd"
    LEAVE_PENDING = "leavePending"
    MARK_ABSENT = "markAbsent"


class HolidayPunches(StrEnum):
    """Whether punches of a holiday make a record."""

    RECORD = "record"
    IGNORE = "ignore"
