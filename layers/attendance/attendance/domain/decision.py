"""What people decided about a record: mark-absent and corrections."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from attendance.domain.status import Status


class Keep(Enum):
    """The type of KEEP: a field a correction does not speak about."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkAbsent:
    """A manager's word that a person was absent (rules.md section 7).

    `decided_at` is UTC. Decisions take force in the order (`arrival`, `decided_at`, id).
    """

    decision_id: str
    shift_id: str
    decided_at: datetime
    actor: str = ""
    absence_reason: str | None = None
    manager_note: str | None = None
    arrival: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A manager's correction: KEEP leaves a field to the rules (or to an earlier correction).

    Times are UTC; None clears the field and stays. `status` None hands the status back to the
    rules. `decided_at` is UTC; order as for MarkAbsent.
    """

    decision_id: str
    shift_id: str
    decided_at: datetime
    actor: str = ""
    reason: str | None = None
    check_in: datetime | Keep | None = KEEP
    check_out: datetime | Keep | None = KEEP
    status: Status | Keep | None = KEEP
    absence_reason: str | Keep | None = KEEP
    manager_note: str | Keep | None = KEEP
    arrival: int = 0


Decision = MarkAbsent | Correction
