"""Who has to be judged again after a change of the table (rules.md section 0)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from attendance.identity import CompanyId
from attendance.model.directory import Member, User
from attendance.model.punch import PunchOutcome, StoredPunch
from attendance.model.seat import Seat
from attendance.services.judge_person import Scope
from attendance.services.stores import Stores

ONE_DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=60)
LOOK_AHEAD = timedelta(days=400)
UNKNOWN = PunchOutcome(outcome="unknownUser", user_id=None, shift_id=None)


@dataclass(frozen=True, kw_only=True)
class Affected:
    """A person and days to judge, and who caused it."""

    company: CompanyId
    scope: Scope
    actor: str
    request_id: str | None


def after_punch(stores: Stores, punch: StoredPunch) -> Iterator[Affected]:
    """A new punch: its owner around its day; without an owner it waits as `unknownUser`."""
    company = CompanyId(punch.company_id)
    owner = stores.directory.owner_of_number(company, punch.user_id)
    if owner is None:
        if punch.outcome != UNKNOWN:
            stores.punches.set_outcome(punch, UNKNOWN)
        return
    day = date.fromisoformat(punch.timestamp[:10])
    yield Affected(
        company=company,
        scope=Scope(user_id=owner, first=day - ONE_DAY, last=day + ONE_DAY),
        actor=f"device:{punch.device_id}",
        request_id=punch.request_id,
    )


def after_seat(before: Seat | None, after: Seat | None) -> Iterator[Affected]:
    """A seat whose evidence or facts changed, by anything but its own judging."""
    seat = after or before
    if seat is None or (before and after and _evidence(before) == _evidence(after)):
        return
    yield Affected(
        company=CompanyId(seat.company_id),
        scope=Scope(user_id=seat.user_id, first=seat.shift.shift_date, last=seat.shift.shift_date),
        actor="directory",
        request_id=None,
    )


def _evidence(seat: Seat) -> tuple[object, ...]:
    return seat.shift, seat.assigned, seat.actions, seat.decisions


def after_user(before: User | None, after: User, now: datetime) -> Iterator[Affected]:
    """A person whose employment or activity changed: all days that may matter."""
    if before is not None and _standing(before) == _standing(after):
        return
    yield _wide(CompanyId(after.company_id), after.user_id, now)


def _standing(user: User) -> tuple[object, ...]:
    return user.is_active, user.employed_from, user.employed_to, user.device_user_ids


def after_owner_left(stores: Stores, company: CompanyId, number: str, now: datetime) -> None:
    """A number that nobody has any more: its punches wait as `unknownUser`.

    The people who lost or got it are judged by the change of their own device numbers.
    """
    if stores.directory.owner_of_number(company, number) is not None:
        return
    today = now.date()
    edges = (f"{today - LOOK_BACK} 00:00:00", f"{today + LOOK_AHEAD} 00:00:00")
    for punch in stores.punches.of_number(company, number, *edges):
        stores.punches.set_outcome(punch, UNKNOWN)


def after_device(stores: Stores, before: Member | None, after: Member) -> Iterator[Affected]:
    """A terminal whose clock's zone, direction, site or approval changed: those who used it."""
    if before is not None and _use(before) == _use(after):
        return
    company = CompanyId(after.company_id)
    days: dict[str, set[date]] = {}
    for punch in stores.punches.of_device(company, after.member_id):
        days.setdefault(punch.user_id, set()).add(date.fromisoformat(punch.timestamp[:10]))
    for number, dates in sorted(days.items()):
        owner = stores.directory.owner_of_number(company, number)
        if owner is not None:
            yield Affected(
                company=company,
                scope=Scope(user_id=owner, first=min(dates) - ONE_DAY, last=max(dates) + ONE_DAY),
                actor="directory",
                request_id=None,
            )


def _use(device: Member) -> tuple[object, ...]:
    body = device.body
    used = (body.get(key) for key in ("timezone", "direction", "location", "approved"))
    return device.is_active, *used


def _wide(company: CompanyId, user_id: str, now: datetime) -> Affected:
    today = now.astimezone(UTC).date()
    scope = Scope(user_id=user_id, first=today - LOOK_BACK, last=today + LOOK_AHEAD)
    return Affected(company=company, scope=scope, actor="directory", request_id=None)
