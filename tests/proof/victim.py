"""Another company, every word of which carries a marker that nobody else may ever read."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from attendance.bootstrap import Runtime
from attendance.model.punch import StoredPunch
from tests.accounts import Owned, fresh_codename, own_company
from tests.http_events import ask
from tests.integration.openapi.service_app import handler_of

MARKER = "zitronenfink"


class Victim:
    """A company with one of everything; `ids` are by the name of the path parameter."""

    def __init__(self, parts: Runtime) -> None:
        self.parts = parts
        self.company: Owned = own_company(f"{MARKER}-{fresh_codename()[:8]}")
        self.ids = {"companyId": self.company.company_id}
        for name, body in _bodies().items():
            self.ids[f"{name}Id"] = self._post(f"/v1/{name}s", body)[name]["id"]
        user_id, shift_id = self.ids["userId"], self.ids["shiftId"]
        self._post(f"/v1/shifts/{shift_id}/assignments", {"userIds": [user_id]})
        self._post("/v1/groups", {"name": f"{MARKER} 2", "userIds": [user_id]})
        came = {"shiftId": shift_id, "userId": user_id, "managerNote": f"note of {MARKER}"}
        record = self._post("/v1/check-in", came)["attendanceRecord"]
        self.ids["attendanceRecordId"] = record["id"]
        self.ids["punchId"] = self._punch().punch_id

    def _post(self, path: str, body: Any) -> Any:
        token = self.company.token
        answer = ask(handler_of("POST", path), "POST", path, token=token, body=body)
        assert answer.status in (200, 201), answer.text
        return answer.body

    def _punch(self) -> StoredPunch:
        punch = StoredPunch(
            company_id=self.company.company_id,
            device_id=self.ids["deviceId"],
            user_id=f"5-{MARKER}",
            timestamp=f"{datetime.now(UTC):%Y-%m-%d} 09:00:00",
            status=1,
            punch=0,
            uid=None,
            log_index=None,
            received_at=datetime.now(UTC),
            agent_id=None,
            batch_id=None,
            request_id=None,
        )
        self.parts.punches.insert([punch])
        return punch

    def secrets(self) -> set[str]:
        """What must be in no answer to anybody else."""
        return {MARKER, *self.ids.values(), self.company.owner_id}

    def rows(self) -> dict[str, str]:
        """Everything the table holds of the company, by key."""
        client, name = self.parts.table._client, self.parts.settings.table_name
        own = f"C#{self.company.company_id}"
        pages = client.get_paginator("scan").paginate(TableName=name)
        return {
            f"{row['pk']['S']} {row['sk']['S']}": json.dumps(row, sort_keys=True)
            for page in pages
            for row in page["Items"]
            if row["pk"]["S"] == own or row["pk"]["S"].startswith(f"{own}#")
        }


def _bodies() -> dict[str, dict[str, Any]]:
    starts = datetime.now(UTC) - timedelta(minutes=5)
    ends = starts + timedelta(hours=8)
    today = f"{starts:%Y-%m-%d}"
    day = {"startTime": f"{starts:%H:%M}", "endTime": f"{ends:%H:%M}", "timezone": "UTC"}
    user_id = f"{MARKER}-user"
    return {
        "location": {"location": f"{MARKER} plant", "timezone": "UTC"},
        "user": {
            "userId": user_id,
            "email": f"{MARKER}@victim.example",
            "fullname": f"Vera {MARKER}",
            "roleId": "employee",
            "deviceUserIds": [f"5-{MARKER}"],
        },
        "group": {"name": f"{MARKER} night", "userIds": [user_id]},
        "grant": {"permissionName": f"{MARKER}.read", "userId": user_id, "canDo": True},
        "holiday": {"date": today, "name": f"{MARKER} feast"},
        "leave": {
            "userId": user_id,
            "from": "2026-12-01",
            "to": "2026-12-02",
            "kind": f"{MARKER} leave",
        },
        "device": {"deviceId": f"{MARKER}-gate", "name": f"{MARKER} gate"},
        "agent": {"name": f"{MARKER} site"},
        "shift": {
            "shiftId": f"{MARKER}-shift",
            "location": f"{MARKER} plant",
            "shiftDate": today,
            **day,
        },
    }
