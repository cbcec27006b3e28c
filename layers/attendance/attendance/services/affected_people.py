"""Who has to be judged again after a change of evidence, roster or people (rules.md section 0)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attendance.identity import CompanyId
from attendance.model.directory import Member, User
from attendance.model.punch import PunchOutcome, StoredPunch
from attendance.model.seat import Seat
from attendance.services.calendar_span import within
from attendance.services.leave_times import leave_of
from attendance.services.stores import Stores

ONE_DAY = timedelta(days=1)
ALL_DAYS = (date.min, date.max)
UNKNOWN = PunchOutcome(outcome="unknownUser", user_id=None, shift_id=None)


@dataclass(frozen=True, kw_only=True)
class Affected:
    """A person and shift dates to judge, who caused it, and what `recomputed` calls the cause."""

    company: CompanyId
    user_id: str
    days: frozenset[date]
    actor: str = "directory"
    cause: str = "directoryChange"
    request_id: str | None = None

    def joined(self, other: "Affected") -> "Affected":
        """Both at once: all days, told as the punch's doing, else as the policy's or calendar's."""
        told = max(
            self, other, key=lambda a: (a.actor != "directory", a.cause != "directoryChange")
        )
        return replace(told, days=self.days | other.days)


def after_punch(stores: Stores, punch: StoredPunch) -> Iterator[Affected]:
    """A new punch: its owner around its day; without an owner it waits as `unknownUser`."""
    company = CompanyId(punch.company_id)
    owner = stores.directory.owner_of_number(company, punch.user_id)
    if owner is None:
        if punch.outcome != UNKNOWN:
            stores.punches.set_outcome(punch, UNKNOWN)
        return
    yield Affected(
        company=company,
        user_id=owner,
        days=_around({date.fromisoformat(punch.timestamp[:10])}),
        actor=f"device:{punch.device_id}",
        request_id=punch.request_id,
    )


def after_seat(before: Seat | None, after: Seat | None) -> Iterator[Affected]:
    """A seat whose evidence or facts changed, by anything but its own judging."""
    seat = after or before
    if seat is None or (before and after and _evidence(before) == _evidence(after)):
        return
    days = frozenset({seat.shift.shift_date})
    yield Affected(company=CompanyId(seat.company_id), user_id=seat.user_id, days=days)


def _evidence(seat: Seat) -> tuple[object, ...]:
    return seat.shift, seat.assigned, seat.actions, seat.decisions


def after_user(stores: Stores, before: User | None, after: User) -> Iterator[Affected]:
    """A person whose employment, activity or numbers changed: all days with seats or punches."""
    if before is not None and _standing(before) == _standing(after):
        return
    company = CompanyId(after.company_id)
    days = stores.seats.days(company, after.user_id, *ALL_DAYS)
    known = before.device_user_ids if before else ()
    for number in set(after.device_user_ids) - set(known):
        days |= stores.punches.days(company, number)
    if days:
        yield Affected(company=company, user_id=after.user_id, days=frozenset(days))


def _standing(user: User) -> tuple[object, ...]:
    return user.is_active, user.employed_from, user.employed_to, user.device_user_ids


def after_owner_left(stores: Stores, company: CompanyId, number: str) -> None:
    """A number that nobody has any more: its punches wait as `unknownUser`.

    The people who lost or got it are judged by the change of their own device numbers.
    """
    if stores.directory.owner_of_number(company, number) is not None:
        return
    for punch in stores.punches.of_number(company, number, "0", "9"):
        if punch.outcome != UNKNOWN:
            stores.punches.set_outcome(punch, UNKNOWN)


def after_device(stores: Stores, before: Member | None, after: Member) -> Iterator[Affected]:
    """A terminal whose clock's zone, direction, site or approval changed: those who used it."""
    if before is not None and _use(before) == _use(after):
        return
    company = CompanyId(after.company_id)
    for number, days in sorted(stores.punches.days_of_device(company, after.member_id).items()):
        owner = stores.directory.owner_of_number(company, number)
        if owner is not None:
            yield Affected(company=company, user_id=owner, days=_around(days))


def _use(device: Member) -> tuple[object, ...]:
    body = device.body
    used = (body.get(key) for key in ("timezone", "direction", "location", "approved"))
    return device.is_active, *used


def after_leave(stores: Stores, before: Member | None, after: Member) -> Iterator[Affected]:
    """A leave that was given, moved or taken back: the person's shifts of its days."""
    if before is not None and (before.body, before.is_active) == (after.body, after.is_active):
        return
    company = CompanyId(after.company_id)
    for body in [member.body for member in (before, after) if member is not None]:
        leave = leave_of(body)
        edges = (leave.start.date() - ONE_DAY, leave.end.date() + ONE_DAY)
        days = stores.seats.days(company, body["userId"], *edges)
        if days:
            yield Affected(
                company=company,
                user_id=body["userId"],
                days=frozenset(days),
                cause="calendarChange",
            )


def _around(days: set[date]) -> frozenset[date]:
    """The days and their neighbours; a clock gone mad may name the calendar's last, or first."""
    return frozenset(within(day) + n * ONE_DAY for day in days for n in (-1, 0, 1))
