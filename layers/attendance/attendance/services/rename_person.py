"""A person's new name on everything that copied the old one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from attendance.identity import CompanyId
from attendance.model.directory import User
from attendance.runtime import Runtime
from attendance.services.roster import facts_of_user

AT_ONCE = 8


def rename_person(parts: Runtime, user: User) -> None:
    """Rewrite name, e-mail and avatar on all seats of a person, past ones too."""
    company, facts = CompanyId(user.company_id), facts_of_user(user)
    seats = parts.seats.of_user(company, user.user_id, date.min, date.max)
    stale = [seat for seat in seats if seat.user != facts]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda seat: parts.seats.rename(seat, facts), stale))
