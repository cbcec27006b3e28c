"""Builders for what a story cannot tell: silent devices, policy versions, past facts."""

from datetime import UTC, date, datetime, time
from typing import Any

from attendance.domain.case import Case
from attendance.domain.person import Person
from attendance.domain.policy import policy_from
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.punch import Punch
from attendance.domain.schedule import schedule, wall_time
from attendance.domain.shift import Shift
from attendance.domain.zones import zone_named

DAY = date(2026, 3, 6)
UTC_ZONE = zone_named("UTC")


def at(clock: str, day: int = 6) -> datetime:
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), UTC)


def a_shift(
    shift_id: str = "s1", start: str = "09:00", end: str = "17:00", day: int = 6, **rest: Any
) -> Shift:
    on = date(2026, 3, day)
    times = schedule(on, wall_time(start), wall_time(end), UTC_ZONE)
    return Shift(
        shift_id=shift_id, shift_date=on, start=times.start, end=times.end, zone=UTC_ZONE, **rest
    )


def a_punch(clock: str, code: int | None = None, day: int = 6, **rest: Any) -> Punch:
    wall = datetime.combine(date(2026, 3, day), time.fromisoformat(clock))
    told = {"punch_id": f"{wall}", "device_id": "gate", "number": "5", "zone": UTC_ZONE}
    return Punch(wall=wall, code=code, **told | rest)


def a_policy(version: int = 1, **fields: Any) -> PolicyVersion:
    scope = {
        n: fields.pop(n) for n in ("effective_from", "location", "department_id") if n in fields
    }
    return PolicyVersion(policy=policy_from(fields), version=version, **scope)


def a_case(*shifts: Shift, **rest: Any) -> Case:
    return Case(
        person=rest.pop("person", Person(user_id="u")), shifts=shifts or (a_shift(),), **rest
    )
