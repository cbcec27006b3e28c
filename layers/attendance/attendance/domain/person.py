"""The person whose calendar is judged."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Leave:
    """Time off, from `start` up to `end`: naive wall times of the shift's zone, or instants."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One person of a company.

    `numbers` are the person's device numbers; None takes every punch of the case as the person's.
    `employed_from` and `employed_to` are shift dates, both inclusive. An inactive person's punches
    are `inactiveUser` from `inactive_since` (UTC) on, or all of them when it is None.
    """

    user_id: str
    active: bool = True
    known: bool = True
    numbers: frozenset[str] | None = None
    employed_from: date | None = None
    employed_to: date | None = None
    inactive_since: datetime | None = None
    leaves: tuple[Leave, ...] = ()

    def inactive_at(self, instant: datetime) -> bool:
        """Whether evidence of this instant (UTC) is an inactive person's."""
        return not self.active and (self.inactive_since is None or instant >= self.inactive_since)
