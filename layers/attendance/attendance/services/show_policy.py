"""The policy in force, as clients see it."""

from datetime import date
from zoneinfo import ZoneInfo

from attendance.domain.policy_versions import DEFAULT_VERSION, PolicyVersion, policy_in_force
from attendance.services.collections.policies import Policies
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.company_facts import DEFAULT_ZONE, policy_version_of


def show_policy(
    caller: Caller, day: date | None, *, location: str | None, department_id: str | None
) -> Shown:
    """The version that judges shifts of a day, today without one; of a site or department if given.

    Version 0, without id and dates, are the defaults of rules.md section 9.
    """
    shelf = Policies()
    caller.session.require(shelf.read)
    company, directory = caller.session.company, caller.parts.directory
    versions = {
        member.member_id: (policy_version_of(member.body), member)
        for member in directory.members_now(company, shelf.name)
        if member.is_active
    }
    found = policy_in_force(
        [version for version, _ in versions.values()],
        day or _today(caller),
        location=location,
        department_id=department_id,
    )
    for version, member in versions.values():
        if version is found:
            return shelf.show(member)
    return _defaults(DEFAULT_VERSION, str(company))


def _today(caller: Caller) -> date:
    own = caller.parts.directory.company(caller.session.company)
    zone = (own.body.get("timezone") if own else None) or DEFAULT_ZONE
    return caller.parts.now().astimezone(ZoneInfo(zone)).date()


def _defaults(version: PolicyVersion, company_id: str) -> Shown:
    return {
        "id": None,
        "version": version.version,
        "policy": version.policy.as_mapping(),
        "effectiveFrom": None,
        "location": None,
        "departmentId": None,
        "companyId": company_id,
        "isActive": True,
        "createdAt": None,
        "updatedAt": None,
    }
