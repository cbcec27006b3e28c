"""The days of a person that the policy of a site bears on."""

from collections.abc import Iterator
from datetime import date, timedelta

from attendance.services.calendar_span import wall_span, within
from attendance.services.company_facts import CompanyFacts
from attendance.services.judge_person import Scope
from attendance.services.stores import Stores

ONE_DAY = timedelta(days=1)


def days_punched_at(
    stores: Stores, facts: CompanyFacts, scope: Scope, location: str
) -> Iterator[date]:
    """The wall days, and those beside them, on which a person punched at a site's terminals.

    The keys of a terminal mean what its site's policy says, wherever the shift is (rules.md
    section 3).
    """
    user = stores.directory.user(facts.company, scope.user_id)
    there = {key for key, d in facts.devices.items() if d.body.get("location") == location}
    if user is None or not there:
        return
    edges = wall_span(scope.first, scope.last)
    for number in user.device_user_ids:
        for punch in stores.punches.of_number(facts.company, number, *edges):
            if punch.device_id in there:
                day = within(date.fromisoformat(punch.timestamp[:10]))
                yield from (day - ONE_DAY, day, day + ONE_DAY)
