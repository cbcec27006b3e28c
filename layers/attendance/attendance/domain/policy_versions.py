"""Which version of a policy judges a shift."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.domain.policy import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyVersion:
    """A policy in force from a shift date on, for the company or for one site or department.

    `effective_from` None means from the beginning.
    """

    policy: Policy
    version: int = 0
    effective_from: date | None = None
    location: str | None = None
    department_id: str | None = None


DEFAULT_VERSION = PolicyVersion(policy=Policy())


def policy_in_force(
    versions: Sequence[PolicyVersion],
    on: date,
    *,
    location: str | None = None,
    department_id: str | None = None,
) -> PolicyVersion:
    """The version that judges a shift date: the narrowest scope, then the newest that began.

    A department is narrower than a site, both together are narrowest. Without any version in
    force, the defaults of rules.md section 9 (version 0).
    """
    return max(
        (v for v in versions if _applies(v, on, location, department_id)),
        key=_precedence,
        default=DEFAULT_VERSION,
    )


def _applies(
    version: PolicyVersion, on: date, location: str | None, department_id: str | None
) -> bool:
    return (
        (version.effective_from is None or version.effective_from <= on)
        and version.location in (None, location)
        and version.department_id in (None, department_id)
    )


def _precedence(version: PolicyVersion) -> tuple[bool, bool, date, int]:
    return (
        version.department_id is not None,
        version.location is not None,
        version.effective_from or date.min,
        version.version,
    )
