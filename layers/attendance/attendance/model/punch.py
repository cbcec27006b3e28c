"""A punch as it is kept: evidence, with what became of it beside it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class PunchOutcome:
    """What the last judging did with a punch (simulate.md, "outcomes"), and for which record."""

    outcome: str
    user_id: str | None
    shift_id: str | None


@dataclass(frozen=True, kw_only=True)
class StoredPunch:
    """One line of a terminal's log, for ever.

    `timestamp` is the terminal's wall time, `YYYY-MM-DD HH:MM:SS`; `received_at` is when the
    agent read it (UTC). Company, device, number, timestamp, status and punch are its identity.
    """

    company_id: str
    device_id: str
    user_id: str
    timestamp: str
    status: int
    punch: int
    uid: int | None
    log_index: int | None
    received_at: datetime
    agent_id: str | None
    batch_id: str | None
    request_id: str | None
    released: bool = False
    outcome: PunchOutcome | None = None

    @property
    def punch_id(self) -> str:
        """The identity as text; unique within the company."""
        return f"{self.timestamp}#{self.device_id}#{self.user_id}#{self.punch}#{self.status}"
