"""List punches with what became of them: an employee's own, or the company's."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from attendance.adapters.punch_list import PunchList
from attendance.identity import is_id
from attendance.model.punch import StoredPunch
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.device_health import read_device_health
from attendance.services.present_punch import present_punch
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_large, refuse_too_many

UI_PERMISSIONS = ("punches.read", "punches.release")


@dataclass(frozen=True, kw_only=True)
class PunchFilters:
    """`matched`: whether a record took the punch; `day` is `YYYY-MM-DD` of wall time."""

    matched: bool | None = None
    user_id: str | None = None
    device_id: str | None = None
    day: str | None = None

    def match(self, punch: StoredPunch) -> bool:
        """Whether a punch passes; whose it is and its day are decided by where it is read."""
        return (self.matched is None or is_matched(punch) == self.matched) and (
            self.device_id is None or punch.device_id == self.device_id
        )


def is_matched(punch: StoredPunch) -> bool:
    """Whether the last judging gave the punch to a record."""
    return bool(present_punch(punch)["matched"])


def list_punches(
    parts: Runtime, session: Session, filters: PunchFilters, page: PageWanted
) -> Rows[dict[str, Any]]:
    """The punches as clients see them, newest wall time first, exactly counted.

    An employee gets his own numbers' only. Raises InvalidError when everything is wanted and is
    more than 10,000 rows or 5 MB.
    """
    session.require("punches.read")
    found = _find(parts, session, filters, page)
    names = read_device_health(parts.directory, session.company).names
    rows = [
        present_punch(punch)
        | {
            "device_name": names.get(punch.device_id, punch.device_id),
            "release": None if punch.release is None else punch.release.told(),
        }
        for punch in found.rows
    ]
    refuse_too_large(page, rows)
    return Rows(rows=rows, total=found.total)


def _find(
    parts: Runtime, session: Session, filters: PunchFilters, page: PageWanted
) -> Rows[StoredPunch]:
    is_plain = filters.matched is None and filters.device_id is None
    punches = PunchList(parts.table, wanted=page.end if is_plain else None)
    numbers = _numbers(parts, session, filters.user_id)
    if numbers is not None:
        found = punches.of_numbers(session.company, numbers, filters.day)
        return page_of(filter(filters.match, found), page)
    found = punches.of_company(session.company, filters.day)
    if is_plain:
        return _counted(found, punches.count(session.company, filters.day), page)
    return page_of(filter(filters.match, found), page)


def _counted(found: Iterator[StoredPunch], total: int, page: PageWanted) -> Rows[StoredPunch]:
    refuse_too_many(page, total)
    if page.first >= total:
        return Rows(rows=(), total=total)
    return Rows(rows=list(islice(found, page.first, page.end)), total=total)


def _numbers(parts: Runtime, session: Session, user_id: str | None) -> tuple[str, ...] | None:
    if not session.may("attendance.manage"):
        return session.user.device_user_ids if user_id in {None, session.user_id} else ()
    if user_id is None:
        return None
    user = parts.directory.user(session.company, user_id) if is_id(user_id) else None
    return () if user is None else user.device_user_ids
