"""A raw punch: evidence from a terminal, never changed."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from attendance.domain.direction import Direction


@dataclass(frozen=True, kw_only=True, slots=True)
class Punch:
    """One line of a terminal's log, as sent.

    `wall` is the terminal's naive local time in `zone` (the device's). `code` is the terminal's
    punch code, a direction when the sender states it in words, or None. `configured` is the
    device's configured direction. `received_at` (UTC) is the device's read time; None means
    received at once. `log_index` orders one device's log; `logged_after` is the instant (UTC) of
    the line before it in the log, when the sender knows it. `location` is the device's site, for
    a site's own policy. A released punch passes the quarantine. `arrival` ranks what came
    first among equal instants; equal ranks fall back to `received_at`, then the log, then the id.
    """

    punch_id: str
    device_id: str
    number: str
    wall: datetime
    zone: tzinfo
    code: int | Direction | None = None
    configured: Direction | None = None
    received_at: datetime | None = None
    log_index: int | None = None
    logged_after: datetime | None = None
    location: str | None = None
    released: bool = False
    arrival: int = 0
