"""A shift a person is assigned to."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """A person's shift: its scheduled start and end as instants (UTC).

    `zone` is the site's. `shift_date` owns everything (rules.md section 1), also overnight.
    """

    shift_id: str
    shift_date: date
    start: datetime
    end: datetime
    zone: tzinfo
    location: str | None = None
    department_id: str | None = None
    holiday: bool = False
