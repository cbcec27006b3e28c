"""Closed payroll periods: days whose records stay as they are (rules.md section 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from attendance.errors import ConflictError, invalid_field
from attendance.times import from_iso, to_iso

KEPT_AS = "payrollClosings"
"""Where a company keeps them in its body."""


@dataclass(frozen=True, kw_only=True)
class Closing:
    """Payroll was closed up to a shift date, this one included, at an instant (UTC)."""

    through: date
    at: datetime


Closings = Sequence[Closing]
"""In the order of their days, each day once."""


def closings_of(company: Mapping[str, Any]) -> tuple[Closing, ...]:
    """The closings that the body of a company tells."""
    return tuple(
        Closing(through=date.fromisoformat(kept["through"]), at=from_iso(kept["at"]))
        for kept in company.get(KEPT_AS) or ()
    )


def closings_to_json(closings: Closings) -> list[dict[str, str]]:
    """Closings as a company keeps them."""
    return [{"through": c.through.isoformat(), "at": to_iso(c.at)} for c in closings]


def closed_through(closings: Closings) -> date | None:
    """The last closed shift date, None where nothing is closed."""
    return closings[-1].through if closings else None


def closing_of(closings: Closings, day: date) -> Closing | None:
    """The closing that a shift date is in, None for an open one."""
    return next((closing for closing in closings if day <= closing.through), None)


def moved(closings: Closings, through: date | None, now: datetime) -> tuple[Closing, ...]:
    """The closings when payroll is closed through a day from now (UTC) on; None opens all.

    Days that were closed before stay closed since then.
    """
    if through is None:
        return ()
    before = closing_of(closings, through)
    last = Closing(through=through, at=now if before is None else before.at)
    return (*(c for c in closings if c.through < through), last)


def check_is_over(through: date | None, zone: tzinfo, now: datetime) -> None:
    """Raises InvalidError unless the day is over in the company's zone; `now` is UTC."""
    if through is not None and through >= now.astimezone(zone).date():
        raise invalid_field("payrollClosedThrough", "a day that is over, or null")


def period_closed(day: date) -> ConflictError:
    """The refusal of whoever would change a record of a closed day."""
    return ConflictError("periodClosed", f"Payroll is closed for {day}; its records stay.")
