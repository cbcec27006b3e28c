"""Which records a policy would change, before anybody decides on it; nothing is stored."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from attendance.adapters.brief_lists import BriefLists
from attendance.errors import invalid_field
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat
from attendance.runtime import Runtime
from attendance.services.build_case import approved
from attendance.services.candidate_policy import candidate_policy, with_version
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.previewed_person import Evidence, Previewed, previews

MARGIN = timedelta(days=3)
"""Days around that are read too: a shift of theirs may claim a punch."""
ONE_DAY = timedelta(days=1)
MOST_SEATS = 20_000
MOST_CHANGES_TOLD = 1_000


@dataclass(frozen=True, kw_only=True)
class Days:
    """The shift dates to preview, both included."""

    first: date
    last: date

    def hold(self, seat: Seat) -> bool:
        """Whether a seat is of these days."""
        return self.first <= seat.shift.shift_date <= self.last


def preview_policy(caller: Caller, wanted: dict[str, Any]) -> Shown:
    """What would change, were the policy in force from `dateFrom` on, up to `dateTo`.

    `wanted` are the fields of a PreviewBody in JSON. Raises InvalidError as making the version
    would, and when the days hold more than 20,000 seats.
    """
    caller.session.require("policy.simulate")
    facts = load_company_facts(caller.parts.directory, caller.session.company)
    days = Days(
        first=date.fromisoformat(wanted["dateFrom"]), last=date.fromisoformat(wanted["dateTo"])
    )
    candidate = candidate_policy(
        caller.parts.directory, facts, {**wanted, "effectiveFrom": wanted["dateFrom"]}
    )
    found = list(_all_previews(caller.parts, facts, with_version(facts, candidate), days))
    changes = [preview for preview in found if preview.changed]
    counts = Counter((preview.before_status, preview.after_status) for preview in changes)
    return {
        "dateFrom": wanted["dateFrom"],
        "dateTo": wanted["dateTo"],
        "policy": candidate.policy.as_mapping(),
        "recordsLookedAt": len(found),
        "recordsChanged": len(changes),
        "counts": [{"from": f, "to": t, "records": n} for (f, t), n in counts.most_common()],
        "changes": [change.as_json() for change in changes[:MOST_CHANGES_TOLD]],
        "changesLeftOut": max(len(changes) - MOST_CHANGES_TOLD, 0),
    }


def _all_previews(
    parts: Runtime, facts: CompanyFacts, changed: CompanyFacts, days: Days
) -> Iterator[Previewed]:
    lists = BriefLists(parts.directory)
    first, last = _widened(days.first, -MARGIN), _widened(days.last, MARGIN)
    seats = _by_person(lists.seats(facts.company, first, last))
    punches = _by_number(lists.punches(facts.company, _widened(first, -ONE_DAY), last + ONE_DAY))
    people = parts.directory.users_by_id(facts.company, sorted(seats))
    for user_id, user in people.items():
        if user is not None:
            own = [punch for number in user.device_user_ids for punch in punches[number]]
            evidence = Evidence(
                user=user,
                seats=seats[user_id],
                punches=list(approved(own, facts)),
                facts=facts,
            )
            found = previews(parts.punches, evidence, changed)
            yield from (preview for preview in found if days.hold(preview.seat))


def _widened(day: date, by: timedelta) -> date:
    return date.fromordinal(min(max(day.toordinal() + by.days, 2), date.max.toordinal() - 2))


def _by_person(seats: Iterator[Seat]) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = defaultdict(list)
    read = list(islice(seats, MOST_SEATS + 1))
    if len(read) > MOST_SEATS:
        raise invalid_field("dateTo", f"days with {MOST_SEATS:,} seats at most; take fewer days")
    for seat in read:
        found[seat.user_id].append(seat)
    return found


def _by_number(punches: Iterable[StoredPunch]) -> dict[str, list[StoredPunch]]:
    found: dict[str, list[StoredPunch]] = defaultdict(list)
    for punch in punches:
        found[punch.user_id].append(punch)
    return found
