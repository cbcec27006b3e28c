"""What operations, their tags and their path's ids are called, also by generated clients."""

import re

COLLECTIONS = {
    "agents": "agent",
    "companies": "company",
    "devices": "device",
    "grants": "grant",
    "groups": "group",
    "holidays": "holiday",
    "leaves": "leave",
    "locations": "location",
    "shifts": "shift",
    "users": "user",
}
"""The collections of rest-api.md section 7, and one object of each."""

TAGS = {
    "Service": "The web page, the documents, and whether the service is well.",
    "Sessions": "Getting in and out, and what a session may do.",
    "Companies": "Making companies, and the settings of one.",
    "Agents": "Programs at a site that read its terminals and send what they read.",
    "Devices": "Terminals at which people punch.",
    "Grants": "Permissions given or denied to a role, a person or a group.",
    "Groups": "Some people, to give rights to.",
    "Holidays": "Days off for the company or a site.",
    "Leaves": "A person's time off.",
    "Locations": "Sites and the zones of their clocks.",
    "Shifts": "Shifts, and who is assigned to them.",
    "Users": "People, their roles and the numbers they have at the terminals.",
    "Policy": "The rules by which attendance is judged, and trying others.",
    "Attendance": "Checking in and out, absences, records, corrections and why a record says so.",
    "Punches": "What terminals have sent, and what became of it.",
    "Reports": "Rest, weekly hours, and what payroll has closed.",
    "Imports": "People, shifts and assignments from CSV files.",
    "Terminals": "For terminals that call by themselves.",
}
"""What operations are sorted by, in the order of the page."""

_TERMINAL = "/iclock/{deviceToken}"
_RECORD = "/v1/attendance-records/{attendanceRecordId}"
_ASSIGNMENTS = "/v1/shifts/{shiftId}/assignments"
_NAMES = {
    ("get", "/"): "getWebPage",
    ("get", "/.well-known/jwks.json"): "getPublicKeys",
    ("get", "/admin/health"): "getAdminHealth",
    ("get", "/attendance/all"): "listAllPunches",
    ("get", "/currentuser"): "getCurrentUser",
    ("get", "/favicon.ico"): "getFavicon",
    ("get", "/getPostmanCollection"): "getPostmanCollection",
    ("get", f"{_TERMINAL}/cdata"): "getTerminalOptions",
    ("post", f"{_TERMINAL}/cdata"): "uploadTerminalData",
    ("get", f"{_TERMINAL}/devicecmd"): "getTerminalCommand",
    ("post", f"{_TERMINAL}/devicecmd"): "answerTerminalCommand",
    ("get", f"{_TERMINAL}/getrequest"): "getTerminalRequest",
    ("post", f"{_TERMINAL}/getrequest"): "sendTerminalRequest",
    ("get", f"{_TERMINAL}/ping"): "pingFromTerminal",
    ("post", "/login"): "logIn",
    ("post", "/logout"): "logOut",
    ("get", "/openapi.json"): "getOpenapi",
    ("get", "/permissions"): "listPermissions",
    ("get", "/permissions/{permissionName}"): "getPermission",
    ("post", "/refresh"): "renewSession",
    ("post", "/tenantowners"): "createTenantOwner",
    ("post", "/v1/agents/enroll"): "enrollAgent",
    ("get", "/v1/attendance-records"): "listAttendanceRecords",
    ("get", _RECORD): "getAttendanceRecord",
    ("patch", _RECORD): "correctAttendanceRecord",
    ("get", f"{_RECORD}/history"): "getRecordHistory",
    ("get", f"{_RECORD}/explain"): "explainAttendanceRecord",
    ("post", "/v1/check-in"): "checkIn",
    ("post", "/v1/check-out"): "checkOut",
    ("post", "/v1/mark-absent"): "markAbsent",
    ("get", "/v1/company"): "getOwnCompany",
    ("patch", "/v1/company"): "changeOwnCompany",
    ("post", "/v1/devices/{deviceId}/push-token"): "createPushToken",
    ("post", "/v1/imports/assignments"): "importAssignments",
    ("post", "/v1/imports/shifts"): "importShifts",
    ("post", "/v1/imports/users"): "importUsers",
    ("get", "/v1/payroll/differences"): "listPayrollDifferences",
    ("get", "/v1/policy"): "getPolicy",
    ("post", "/v1/policy"): "createPolicy",
    ("get", "/v1/policy/versions"): "listPolicyVersions",
    ("post", "/v1/policy/preview"): "previewPolicy",
    ("post", "/v1/policy/simulate"): "simulatePolicy",
    ("get", "/v1/punches"): "listPunches",
    ("post", "/v1/punches"): "sendPunches",
    ("post", "/v1/punches/release"): "releasePunches",
    ("get", "/v1/reports/rest"): "reportRest",
    ("get", _ASSIGNMENTS): "listAssignments",
    ("post", _ASSIGNMENTS): "addAssignments",
    ("put", _ASSIGNMENTS): "replaceAssignments",
    ("delete", _ASSIGNMENTS): "removeAssignments",
}
_OF_ONE = {"get": "get", "patch": "change", "delete": "remove"}


def public_path(path: str) -> str:
    """A route's path in JSON's names: `/v1/users/{object_id}` → `/v1/users/{userId}`."""
    collection = path.removeprefix("/v1/").partition("/")[0]
    one = COLLECTIONS.get(collection, "object")
    return camel_case(path.replace("{object_id}", f"{{{one}_id}}"))


def operation_id(method: str, path: str) -> str:
    """Verb and noun; made of the path where nobody thought of a better one."""
    named = _NAMES.get((method, path))
    if named is not None:
        return named
    collection, _, rest = path.removeprefix("/v1/").partition("/")
    one = COLLECTIONS.get(collection)
    if one is None:
        steps = re.findall(r"[A-Za-z]+", path.removeprefix("/v1"))
        return method + "".join(map(_title, steps))
    if rest:
        return _OF_ONE[method] + _title(one)
    return f"list{_title(collection)}" if method == "get" else f"create{_title(one)}"


def tag_of(path: str, given: str) -> str:
    """One tag a collection; else the tag that the route gives."""
    first = path.removeprefix("/v1/").partition("/")[0]
    if path in ("/v1/company", "/tenantowners"):
        return "Companies"
    if first in ("policy", "imports"):
        return first.title()
    return first.title() if first in COLLECTIONS else given


def camel_case(name: str) -> str:
    """`attendance_record_id` → `attendanceRecordId`, also within a path."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]
