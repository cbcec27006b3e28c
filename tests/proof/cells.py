"""Requests that name a company and an id: each route, role, naming and id is one cell."""

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.http_events import Answer, ask
from tests.integration.openapi.operations import OPERATIONS, Operation
from tests.integration.openapi.people import ROLES
from tests.integration.openapi.service_app import handler_of

Ids = Mapping[str, str]
NAMINGS = ("own", "absent", "foreign", "unknown", "two")
COLUMNS = ("own", "foreign", "unknown")
SESSION_ROLES = tuple(role for role in ROLES if role != "agent")
NOT_ASKED = {"/logout", "/refresh", "/v1/agents/enroll", "/login", "/tenantowners"}
"""Those that end or begin sessions, whose tests are elsewhere."""

_COUNT = itertools.count()


@dataclass(frozen=True)
class Cell:
    """Who asks for what, naming which company, with whose id."""

    operation: Operation
    role: str
    naming: str
    column: str

    def __str__(self) -> str:
        return f"{self.operation} as {self.role}, company {self.naming}, id {self.column}"


def asked_operations() -> list[Operation]:
    """Those that take a session; what takes things away comes last."""
    order = ["get", "patch", "put", "post", "delete"]
    found = [o for o in OPERATIONS if "security" not in o.told and o.path not in NOT_ASKED]
    return sorted(found, key=lambda operation: order.index(operation.method))


def takes_id(operation: Operation) -> bool:
    """Whether a cell's id is anywhere in the request."""
    path, query, body = parts_of(operation, dict.fromkeys(_KINDS, "PROBE"))
    return "PROBE" in f"{path} {query} {body}"


def cells(operation: Operation, *, whole: bool) -> Iterator[Cell]:
    """All, or without the own and unknown ids where another company than one's own is named."""
    for role, naming, column in itertools.product(SESSION_ROLES, NAMINGS, COLUMNS):
        with_id = takes_id(operation)
        if column != "foreign" and (not with_id or (naming != "absent" and not whole)):
            continue
        yield Cell(operation, role, naming, column)


def parts_of(operation: Operation, ids: Ids) -> tuple[str, dict[str, str], Any]:
    """Path, query and body of a request with these ids."""
    path = operation.path
    for name in operation.parameters("path"):
        path = path.replace(f"{{{name}}}", ids[name])
    return path, _query(operation, ids), _body(operation, ids)


def send(
    cell: Cell, ids: Mapping[str, Ids], companies: Mapping[str, str], token: str | None
) -> Answer:
    """The answer to a cell; `ids` by column, `companies` by naming."""
    operation = cell.operation
    path, query, body = parts_of(operation, ids[cell.column])
    headers: dict[str, str] = {}
    if cell.naming == "two":
        headers["companyId"], query["companyId"] = companies["own"], companies["foreign"]
    elif cell.naming != "absent":
        headers["companyId"] = companies[cell.naming]
    options: dict[str, Any] = {"body": body}
    if isinstance(body, str):
        options, headers["content-type"] = {"raw_body": body}, "text/csv"
    method = operation.method.upper()
    handler = handler_of(method, path)
    return ask(handler, method, path, headers=headers, query=query, token=token, **options)


_KINDS = (
    "companyId", "locationId", "userId", "groupId", "grantId", "holidayId", "leaveId", "deviceId",
    "agentId", "shiftId", "attendanceRecordId", "permissionName", "punchId",
)  # fmt: skip
_FILTERS = {
    "/v1/attendance-records": ("userId", "shiftId"),
    "/v1/punches": ("userId", "deviceId"),
    "/v1/reports/rest": ("userId",),
}


def _query(operation: Operation, ids: Ids) -> dict[str, str]:
    if operation.method == "delete" and operation.path.endswith("/assignments"):
        return {"userIds": ids["userId"]}
    if operation.method != "get":
        return {}
    query = {name: ids[name] for name in _FILTERS.get(operation.path, ())}
    if operation.path in {"/v1/payroll/differences", "/v1/reports/rest"}:
        query |= {"dateFrom": "2026-01-01", "dateTo": "2026-01-31"}
    return query


def _body(operation: Operation, ids: Ids) -> Any:
    if operation.method in {"get", "delete"}:
        return None
    if operation.method == "patch":
        return _PATCHES.get(operation.path, {})
    user, shift = ids["userId"], ids["shiftId"]
    day = {"shiftDate": "2027-01-01", "startTime": "09:00", "endTime": "17:00"}
    number = next(_COUNT)
    bodies: dict[str, Any] = {
        "/v1/agents": {"name": "site", "deviceIds": [ids["deviceId"]]},
        "/v1/check-in": {"shiftId": shift, "userId": user},
        "/v1/check-out": {"attendanceRecordId": ids["attendanceRecordId"]},
        "/v1/mark-absent": {"shiftId": shift, "userId": user, "absenceReason": "ill"},
        "/v1/companies": {"name": "New", "codename": f"new-{number}", "timezone": "UTC"},
        "/v1/devices": {"deviceId": f"gate-{number}", "name": "Gate", "agentId": ids["agentId"]},
        "/v1/grants": {"permissionName": "x.y", "groupId": ids["groupId"], "canDo": True},
        "/v1/groups": {"name": f"group {number}", "userIds": [user]},
        "/v1/holidays": {"date": "2027-01-01", "name": f"feast {number}"},
        "/v1/leaves": {"userId": user, "from": "2027-01-01", "to": "2027-01-02", "kind": "rest"},
        "/v1/locations": {"location": f"plant {number}", "timezone": "UTC"},
        "/v1/shifts": day,
        "/v1/users": {"email": f"n{number}@a.example", "fullname": "N", "roleId": "employee"},
        "/v1/shifts/{shiftId}/assignments": {"userIds": [user]},
        "/v1/policy": {"policy": {"lateGraceMinutes": 5}, "effectiveFrom": "2027-01-01"},
        "/v1/policy/preview": {
            "policy": {"lateGraceMinutes": 5},
            "dateFrom": "2026-03-01",
            "dateTo": "2026-03-02",
        },
        "/v1/policy/simulate": {"timezone": "UTC", "shifts": [], "events": []},
        "/v1/punches/release": {"ids": [ids["punchId"]], "reason": "clock"},
        "/v1/imports/assignments": f"shiftId,userId\n{shift},{user}\n",
        "/v1/imports/shifts": "shiftDate,startTime,endTime\n2027-01-02,09:00,17:00\n",
        "/v1/imports/users": f"email,fullname,roleId\ni{number}@a.example,I,employee\n",
    }
    return bodies.get(operation.path, {})


_PATCHES: dict[str, Any] = {
    "/v1/attendance-records/{attendanceRecordId}": {
        "recordVersion": 1,
        "reason": "seen",
        "managerNote": "by another",
    },
    "/v1/users/{userId}": {"fullname": "Renamed"},
    "/v1/shifts/{shiftId}": {"departmentId": "d-2"},
    "/v1/devices/{deviceId}": {"approved": True},
    "/v1/company": {"name": "Renamed"},
    "/v1/companies/{companyId}": {"name": "Renamed"},
}


def told(answer: Answer) -> str:
    """Everything that an answer tells, as text."""
    return json.dumps([answer.headers, answer.cookies, answer.text], ensure_ascii=False)
