"""From a shift as it is kept to what its seats copy of it."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from attendance.adapters.directory import Directory
from attendance.domain.errors import InvalidShiftError
from attendance.domain.policy_versions import policy_in_force
from attendance.domain.schedule import Schedule, check_length, schedule, wall_time
from attendance.errors import InvalidError
from attendance.identity import CompanyId
from attendance.model.seat import ShiftFacts
from attendance.services.company_facts import policy_version_of
from attendance.services.location_id import location_id


def zone_of_shift(directory: Directory, company: CompanyId, body: dict[str, Any]) -> str:
    """The zone of a shift: its own, its site's, or the company's (rules.md section 1)."""
    if body.get("timezone"):
        return str(body["timezone"])
    if body.get("location"):
        site = directory.member(company, "LOCATION", location_id(company, body["location"]))
        if site is not None and site.is_active:
            return str(site.body["timezone"])
    own = directory.company(company)
    return "UTC" if own is None else str(own.body["timezone"])


def facts_of_shift(
    directory: Directory, company: CompanyId, shift_id: str, body: dict[str, Any]
) -> ShiftFacts:
    """What seats copy. Raises InvalidError (`invalidShift`) for times that are no shift."""
    zone = zone_of_shift(directory, company, body)
    times = _times(body, zone)
    return ShiftFacts(
        shift_id=shift_id,
        shift_date=date.fromisoformat(body["shiftDate"]),
        start_time=body["startTime"],
        end_time=body["endTime"],
        starts_at=times.start,
        ends_at=times.end,
        timezone=zone,
        location=body.get("location"),
        department_id=body.get("departmentId"),
    )


def _times(body: dict[str, Any], zone: str) -> Schedule:
    try:
        return schedule(
            date.fromisoformat(body["shiftDate"]),
            wall_time(body["startTime"]),
            wall_time(body["endTime"]),
            ZoneInfo(zone),
        )
    except InvalidShiftError as error:
        raise InvalidError("invalidShift", f"{error}.") from error


def require_fitting_length(directory: Directory, company: CompanyId, shift: ShiftFacts) -> None:
    """Raises InvalidError (`invalidShift`) for a shift that with its windows reaches 24 hours.

    The windows are those of the policy in force on its day (rules.md section 9).
    """
    members = directory.members_now(company, "POLICY")
    version = policy_in_force(
        [policy_version_of(member.body) for member in members if member.is_active],
        shift.shift_date,
        location=shift.location,
        department_id=shift.department_id,
    )
    try:
        check_length(Schedule(start=shift.starts_at, end=shift.ends_at), version.policy)
    except InvalidShiftError as error:
        raise InvalidError("invalidShift", f"{error}.") from error
