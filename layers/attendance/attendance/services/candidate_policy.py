"""A policy that somebody wants to be in force, checked against the shifts it would judge."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from attendance.adapters.directory import Directory
from attendance.domain.errors import InvalidPolicyError, InvalidShiftError
from attendance.domain.policy import policy_from
from attendance.domain.policy_versions import PolicyVersion, policy_in_force
from attendance.domain.schedule import Schedule, check_length, schedule, wall_time
from attendance.errors import InvalidError, invalid_field
from attendance.services.company_facts import CompanyFacts


def candidate_policy(
    directory: Directory, facts: CompanyFacts, wanted: Mapping[str, Any]
) -> PolicyVersion:
    """The version that `wanted` would make: policy, effectiveFrom, location, departmentId.

    Raises InvalidError naming the field, also when a shift that it would judge reaches 24 hours
    with its windows (rules.md section 9).
    """
    try:
        policy = policy_from(wanted["policy"])
    except InvalidPolicyError as error:
        raise invalid_field(f"policy.{error.field}", error.expected) from error
    version = PolicyVersion(
        policy=policy,
        version=next_version(facts.policies),
        effective_from=date.fromisoformat(wanted["effectiveFrom"]),
        location=wanted.get("location"),
        department_id=wanted.get("departmentId"),
    )
    _require_room(directory, facts, version)
    return version


def next_version(versions: Iterable[PolicyVersion]) -> int:
    """The number after the highest."""
    return 1 + max((version.version for version in versions), default=0)


def with_version(facts: CompanyFacts, version: PolicyVersion) -> CompanyFacts:
    """A company's facts, were this version among its policies."""
    return replace(facts, policies=(*facts.policies, version))


def _require_room(directory: Directory, facts: CompanyFacts, version: PolicyVersion) -> None:
    for body, times in _judged_by(directory, facts, version):
        try:
            check_length(times, version.policy)
        except InvalidShiftError as error:
            place = f"shift {body['shiftId']} of {body['shiftDate']}"
            raise _too_long(f"{error}, for {place}") from error


def _too_long(reason: str) -> InvalidError:
    return invalid_field("policy.windowBeforeMinutes", reason.removeprefix("expected "))


def _judged_by(
    directory: Directory, facts: CompanyFacts, version: PolicyVersion
) -> Iterator[tuple[dict[str, Any], Schedule]]:
    policies = (*facts.policies, version)
    edges = (f"{version.effective_from}#", f"{date.max}#~")
    for shift in directory.members(facts.company, "SHIFT", between=edges):
        body = shift.body
        place = {"location": body.get("location"), "department_id": body.get("departmentId")}
        day = date.fromisoformat(body["shiftDate"])
        if policy_in_force(policies, day, **place) is version:
            yield body, _times(body, day, facts)


def _times(body: dict[str, Any], day: date, facts: CompanyFacts) -> Schedule:
    site = facts.location_zones.get(body.get("location") or "")
    zone = ZoneInfo(body.get("timezone") or site or facts.timezone)
    return schedule(day, wall_time(body["startTime"]), wall_time(body["endTime"]), zone)
