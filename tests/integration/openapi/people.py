"""Somebody of every role in one company or the root tenant, and things that may be changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts_api.parts import accounts_parts
from attendance.bootstrap import Runtime
from attendance.identity import ROOT_COMPANY, CompanyId
from attendance.services.begin_session import begin_session
from tests.accounts import SUPER_ADMIN, log_in, own_company
from tests.http_events import ask
from tests.integration.openapi.service_app import handler_of

ROOT_ROLES = ("superAdmin", "saasAdmin", "saasUser")
ROLES = (*ROOT_ROLES, "tenantAdmin", "manager", "employee", "none", "agent")


class People:
    """Made through the public routes; tokens are fresh whenever somebody asks for one."""

    def __init__(self, parts: Runtime) -> None:
        self.parts = parts
        self.company = own_company()
        self.root = log_in(**SUPER_ADMIN)
        me = ask(handler_of("GET", "/currentuser"), "GET", "/currentuser", token=self.root).body
        self._ids = {"superAdmin": me["userId"], "tenantAdmin": self.company.owner_id}
        for role in ("manager", "employee"):
            self._ids[role] = self._person(self.company.token, role)
        for role in ("saasAdmin", "saasUser"):
            self._ids[role] = self._person(self.root, role)

    def post(self, token: str | None, path: str, body: Any) -> Any:
        answer = ask(handler_of("POST", path), "POST", path, token=token, body=body)
        assert answer.status in (200, 201), answer.text
        return answer.body

    def _person(self, token: str, role: str) -> str:
        body = {"email": f"{role}@acme.example", "fullname": role, "roleId": role}
        return self.post(token, "/v1/users", body)["user"]["id"]

    def token(self, role: str) -> str:
        """Of a session of its own, since a request may end its session."""
        company = ROOT_COMPANY if role in ROOT_ROLES else CompanyId(self.company.company_id)
        directory, accounts = self.parts.directory, accounts_parts()
        user, home = directory.user(company, self._ids[role]), directory.company(company)
        assert user is not None
        assert home is not None
        now = datetime.now(UTC)
        token = begin_session(self.parts.sessions, accounts.issuer, user, home, now).access_token
        assert token is not None
        return token

    def things(self) -> dict[str, str]:
        """Ids that are there, by the name of the path parameter that takes them."""
        made: dict[str, str] = {"permissionName": "attendance.checkIn"}
        bodies = {
            "user": {"email": "spare@acme.example", "fullname": "Spare", "roleId": "employee"},
            "location": {"location": "Plant 1", "timezone": "UTC"},
            "group": {"name": "Night", "userIds": [self._ids["employee"]]},
            "grant": {"permissionName": "attendance.read", "roleId": "manager", "canDo": True},
            "holiday": {"date": "2026-12-25", "name": "Christmas"},
            "leave": _leave(self._ids["employee"]),
            "device": {"deviceId": "gate", "name": "Gate"},
            "agent": {"name": "site"},
            "shift": _shift(),
        }
        for name, body in bodies.items():
            answer = self.post(self.company.token, f"/v1/{name}s", body)
            made[f"{name}Id"] = answer[name]["id"]
        shift_id, employee = made["shiftId"], self._ids["employee"]
        path = f"/v1/shifts/{shift_id}/assignments"
        self.post(self.company.token, path, {"userIds": [employee]})
        record = self.post(
            self.company.token, "/v1/check-in", {"shiftId": shift_id, "userId": employee}
        )
        company = {"name": "Spare", "codename": f"{self.company.codename}-s", "timezone": "UTC"}
        made["companyId"] = self.post(self.root, "/v1/companies", company)["company"]["id"]
        made["attendanceRecordId"] = record["attendanceRecord"]["id"]
        return made


def _leave(user_id: str) -> dict[str, str]:
    return {"userId": user_id, "from": "2026-12-01", "to": "2026-12-02", "kind": "holiday"}


def _shift() -> dict[str, str]:
    starts = datetime.now(UTC) - timedelta(minutes=5)
    ends = starts + timedelta(hours=8)
    return {
        "shiftDate": f"{starts:%Y-%m-%d}",
        "startTime": f"{starts:%H:%M}",
        "endTime": f"{ends:%H:%M}",
        "timezone": "UTC",
    }
