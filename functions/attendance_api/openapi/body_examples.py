"""A body for each route that takes JSON, as a client would send it.

One company's: what one example makes, the others speak of. Bodies that are not here have an
example in their own schema.
"""

from typing import Any

_PASSWORD = "a-long-enough-password"  # noqa: S105 - of nobody
_PUNCH = {
    "device_id": "principal",
    "user_id": "5",
    "timestamp": "2026-03-06 09:15:23",
    "status": 1,
    "punch": 0,
}
_REPORT = {
    "device_id": "principal",
    "device_name": "Entrada Principal",
    "serial_number": "A8N5201260001",
    "ok": True,
    "read_at": "2026-03-06T15:15:40Z",
    "records_on_device": 1200,
    "clock_offset_seconds": -2.0,
    "timezone": "America/Mexico_City",
}
_STORY = {
    "timezone": "Europe/Madrid",
    "policy": {"lateGraceMinutes": 5},
    "shifts": [
        {"shiftId": "s1", "shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}
    ],
    "events": [{"do": "punch", "timestamp": "2026-03-06T09:06:10", "device": "gate", "punch": 0}],
}
_OWNER = {"email": "olga@acme.example", "password": _PASSWORD, "fullname": "Olga Sanz"}
_COMPANY = {"name": "Acme", "codename": "acme", "timezone": "Europe/Madrid"}
_POLICY = {"lateGraceMinutes": 5, "windowBeforeMinutes": 60}
_PEOPLE = "/v1/shifts/{shiftId}/assignments"

BODY_EXAMPLES: dict[tuple[str, str], Any] = {
    ("post", "/tenantowners"): {**_OWNER, "company": _COMPANY},
    ("post", "/login"): {
        "email": "olga@acme.example",
        "password": _PASSWORD,
        "companyCodename": "acme",
    },
    ("post", "/v1/companies"): {**_COMPANY, "owner": _OWNER},
    ("patch", "/v1/companies/{companyId}"): {"suspended": True},
    ("patch", "/v1/company"): {
        "timezone": "Europe/Madrid",
        "oidc": {"issuer": "https://login.acme.example", "audience": "attendance"},
    },
    ("post", "/v1/locations"): {"location": "Plant 1", "timezone": "Europe/Madrid"},
    ("patch", "/v1/locations/{locationId}"): {"timezone": "Atlantic/Canary"},
    ("post", "/v1/users"): {
        "userId": "u-ana",
        "email": "ana@acme.example",
        "fullname": "Ana Ruiz",
        "roleId": "employee",
        "departmentId": "d-1",
        "deviceUserIds": ["5", "105"],
        "password": _PASSWORD,
        "employedFrom": "2026-01-01",
    },
    ("patch", "/v1/users/{userId}"): {"departmentId": "d-2", "deviceUserIds": ["5"]},
    ("post", "/v1/groups"): {"name": "Night shift", "userIds": ["u-ana"]},
    ("patch", "/v1/groups/{groupId}"): {"userIds": []},
    ("post", "/v1/grants"): {
        "permissionName": "attendance.markAbsent",
        "userId": "u-ana",
        "canDo": True,
    },
    ("patch", "/v1/grants/{grantId}"): {"canDo": False},
    ("post", "/v1/shifts"): {
        "shiftId": "s-1",
        "shiftDate": "2026-03-06",
        "startTime": "09:00",
        "endTime": "17:00",
        "location": "Plant 1",
        "departmentId": "d-1",
    },
    ("patch", "/v1/shifts/{shiftId}"): {"endTime": "18:00"},
    ("post", _PEOPLE): {"userIds": ["u-ana"]},
    ("put", _PEOPLE): {"userIds": ["u-ana"]},
    ("post", "/v1/holidays"): {"date": "2026-12-25", "name": "Christmas"},
    ("patch", "/v1/holidays/{holidayId}"): {"location": "Plant 1"},
    ("post", "/v1/leaves"): {
        "userId": "u-ana",
        "from": "2026-08-03",
        "to": "2026-08-14",
        "kind": "vacation",
    },
    ("patch", "/v1/leaves/{leaveId}"): {"from": "2026-08-04"},
    ("post", "/v1/devices"): {
        "deviceId": "principal",
        "name": "Entrada Principal",
        "location": "Plant 1",
        "direction": "in",
    },
    ("patch", "/v1/devices/{deviceId}"): {"approved": True},
    ("post", "/v1/agents"): {"name": "Plant 1", "location": "Plant 1", "deviceIds": ["principal"]},
    ("patch", "/v1/agents/{agentId}"): {"name": "Plant 1, gate"},
    ("post", "/v1/agents/enroll"): {
        "enrollmentCode": "Wq3n0cVYxk2m8T5hJd7RbA",
        "publicKey": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "hostname": "plant-1",
        "version": "0.1.0",
    },
    ("post", "/v1/punches"): {
        "batchId": "b-1",
        "sentAt": "2026-03-06T15:16:00Z",
        "devices": [_REPORT],
        "punches": [_PUNCH],
    },
    ("post", "/v1/policy"): {"policy": _POLICY, "effectiveFrom": "2026-03-06"},
    ("post", "/v1/policy/preview"): {
        "policy": _POLICY,
        "dateFrom": "2026-03-01",
        "dateTo": "2026-03-31",
    },
    ("post", "/v1/policy/simulate"): _STORY,
}
