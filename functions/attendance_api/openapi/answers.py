"""Answers and bodies of routes that parse or answer without models of their own."""

from pydantic import BaseModel

from attendance.services.receive_batch import Batch
from attendance_api.schemas.agents import (
    AssignmentsAnswer,
    AssignmentsList,
    Enrolled,
    PushTokenAnswer,
    Receipt,
)
from attendance_api.schemas.sessions import (
    CurrentUser,
    KeySet,
    LoggedOut,
    Permissions,
    PermissionScope,
    TenantOwnerAnswer,
)

_ASSIGNMENTS = "/v1/shifts/{shiftId}/assignments"

ANSWERS: dict[tuple[str, str], tuple[str, type[BaseModel]]] = {
    ("post", "/tenantowners"): ("201", TenantOwnerAnswer),
    ("post", "/login"): ("200", CurrentUser),
    ("post", "/logout"): ("200", LoggedOut),
    ("post", "/refresh"): ("200", CurrentUser),
    ("get", "/.well-known/jwks.json"): ("200", KeySet),
    ("get", "/currentuser"): ("200", CurrentUser),
    ("get", "/permissions"): ("200", Permissions),
    ("get", "/permissions/{permissionName}"): ("200", PermissionScope),
    ("get", _ASSIGNMENTS): ("200", AssignmentsList),
    ("post", _ASSIGNMENTS): ("201", AssignmentsAnswer),
    ("put", _ASSIGNMENTS): ("200", AssignmentsAnswer),
    ("delete", _ASSIGNMENTS): ("200", AssignmentsAnswer),
    ("post", "/v1/devices/{deviceId}/push-token"): ("201", PushTokenAnswer),
    ("post", "/v1/punches"): ("200", Receipt),
    ("post", "/v1/agents/enroll"): ("200", Enrolled),
}

BODIES: dict[tuple[str, str], type[BaseModel]] = {("post", "/v1/punches"): Batch}

CSV_EXAMPLES: dict[tuple[str, str], str] = {
    ("post", "/v1/imports/users"): (
        "userId,email,fullname,roleId,deviceUserIds\r\n"
        "u-ana,ana@acme.example,Ana Ruiz,employee,5;105\r\n"
    ),
    ("post", "/v1/imports/shifts"): (
        "shiftId,shiftDate,startTime,endTime,location\r\ns-1,2026-03-06,09:00,17:00,Plant 1\r\n"
    ),
    ("post", "/v1/imports/assignments"): "shiftId,userId\r\ns-1,u-ana\r\n",
}
"""The bodies of routes that take CSV files."""
