"""A punch as it is kept: evidence, with what became of it beside it."""

from dataclasses import dataclass
from datetime import datetime

from attendance.identity import is_id


@dataclass(frozen=True, kw_only=True)
class PunchOutcome:
    """What the last judging did with a punch (simulate.md, "outcomes"), and for which record."""

    outcome: str
    user_id: str | None
    shift_id: str | None


@dataclass(frozen=True, kw_only=True)
class Release:
    """Who took a punch out of quarantine, when (UTC, ISO 8601) and why.

    `write_id` is the request's own mark, by which a repeat of it knows its own work.
    """

    actor: str
    at: str
    reason: str
    write_id: str | None = None

    def told(self) -> dict[str, str]:
        """As clients see it."""
        return {"actor": self.actor, "at": self.at, "reason": self.reason}


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
    release: Release | None = None

    @property
    def punch_id(self) -> str:
        """The identity as text; unique within the company."""
        return f"{self.timestamp}#{self.device_id}#{self.user_id}#{self.punch}#{self.status}"


@dataclass(frozen=True, kw_only=True)
class PunchIdentity:
    """What is one punch's alone, within its company (punches.md)."""

    timestamp: str
    device_id: str
    number: str
    punch: int
    status: int


def identity_of(punch_id: str) -> PunchIdentity | None:
    """The identity that a `punch_id` tells, or None for any other text."""
    timestamp, _, rest = punch_id.partition("#")
    device_id, _, rest = rest.partition("#")
    number, *codes = rest.rsplit("#", 2)
    if not (number and is_id(device_id) and len(codes) == 2 and all(map(_is_code, codes))):
        return None
    return PunchIdentity(
        timestamp=timestamp,
        device_id=device_id,
        number=number,
        punch=int(codes[0]),
        status=int(codes[1]),
    )


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
