"""Which role may do what (rest-api.md sections 4, 6 and 7)."""

from enum import StrEnum


class Role(StrEnum):
    """The first three live in the root tenant, the others in a company."""

    SUPER_ADMIN = "superAdmin"
    SAAS_ADMIN = "saasAdmin"
    SAAS_USER = "saasUser"
    TENANT_ADMIN = "tenantAdmin"
    MANAGER = "manager"
    EMPLOYEE = "employee"


COMPANY_ROLES = frozenset({Role.TENANT_ADMIN, Role.MANAGER, Role.EMPLOYEE})

OWN_PERMISSIONS = frozenset(
    {
        "attendance.checkIn",
        "attendance.checkOut",
        "attendance.read",
        "attendance.history",
        "attendance.explain",
        "punches.read",
        "directory.readOwn",
    }
)
MANAGER_PERMISSIONS = OWN_PERMISSIONS | {
    "attendance.manage",
    "attendance.markAbsent",
    "attendance.correct",
    "punches.release",
    "directory.read",
    "shifts.write",
    "assignments.write",
    "policy.simulate",
}
ADMIN_PERMISSIONS = MANAGER_PERMISSIONS | {"directory.write", "policy.write"}
COMPANIES_PERMISSIONS = frozenset({"companies.read", "companies.write"})

ROLE_PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.SUPER_ADMIN: ADMIN_PERMISSIONS | COMPANIES_PERMISSIONS,
    Role.SAAS_ADMIN: COMPANIES_PERMISSIONS,
    Role.SAAS_USER: frozenset(),
    Role.TENANT_ADMIN: ADMIN_PERMISSIONS,
    Role.MANAGER: MANAGER_PERMISSIONS,
    Role.EMPLOYEE: OWN_PERMISSIONS,
}
"""`attendance.manage` is what turns "own records" into "any record of the company"."""
