"""Grants in effect, holidays and leaves, and companies."""

import pytest

from attendance_api.app import lambda_handler as api
from tests.accounts import (
    OWNER_PASSWORD,
    SUPER_ADMIN,
    fresh_codename,
    log_in,
    own_company,
    owner_body,
)
from tests.http_events import ask

PASSWORD = "a-long-enough-password"


class Office:
    def __init__(self, company):
        self.company = company

    def ask(self, method, path, **options):
        return ask(api, method, path, **({"token": self.company.token} | options))

    def make(self, path, **body):
        answer = self.ask("POST", path, body=body)
        assert answer.status == 201, answer.text
        return answer.body[answer.body["dataName"]]

    def person(self, user_id, role="employee"):
        email = f"{user_id}@office.example"
        self.make(
            "/v1/users",
            userId=user_id,
            email=email,
            fullname=user_id,
            roleId=role,
            deviceUserIds=[],
            password=PASSWORD,
        )
        return log_in(email, PASSWORD, companyId=self.company.company_id)


@pytest.fixture
def office(company):
    return Office(company)


def test_a_manager_reads_and_writes_shifts_but_not_people(office):
    token = office.person("max", "manager")
    assert office.ask("GET", "/v1/users", token=token).status == 200
    assert office.ask("GET", "/v1/devices", token=token).status == 200
    body = {"shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}
    assert office.ask("POST", "/v1/shifts", token=token, body=body).status == 201
    refused = office.ask("POST", "/v1/locations", token=token, body={})
    assert refused.status in (400, 401)
    site = {"location": "X", "timezone": "UTC"}
    assert office.ask("POST", "/v1/locations", token=token, body=site).status == 401


def test_a_grant_gives_and_denies(office):
    token = office.person("ana")
    assert office.ask("GET", "/v1/devices", token=token).status == 401
    group = office.make("/v1/groups", name="Readers", userIds=["ana"])
    grant = office.make(
        "/v1/grants", permissionName="directory.read", groupId=group["id"], canDo=True
    )
    assert office.ask("GET", "/v1/devices", token=token).status == 200
    rows = office.ask("GET", "/permissions", token=token).body
    (row,) = [row for row in rows if row["id"] == grant["id"]]
    assert row == {
        "id": grant["id"],
        "permissionName": "directory.read",
        "roleId": None,
        "subjectUserId": None,
        "subjectUserGroupId": group["id"],
        "objectId": None,
        "canDo": True,
        "tenantCodename": office.company.codename,
    }
    office.make("/v1/grants", permissionName="directory.read", userId="ana", canDo=False)
    assert office.ask("GET", "/v1/devices", token=token).status == 401


def test_one_permission_tells_its_exceptions(office):
    token = office.person("ana")
    path = "/permissions/directory.read"
    assert office.ask("GET", path, token=token).body == {"canDo": False, "exceptions": []}
    office.make("/v1/devices", deviceId="gate", name="Gate")
    office.make(
        "/v1/grants", permissionName="directory.read", userId="ana", objectId="gate", canDo=True
    )
    assert office.ask("GET", path, token=token).body == {"canDo": False, "exceptions": ["gate"]}
    assert office.ask("GET", "/v1/devices/gate", token=token).status == 200
    assert office.ask("GET", "/v1/devices", token=token).status == 401


@pytest.mark.parametrize(
    "change",
    [
        {"permissionName": "companies.write"},
        {"roleId": "superAdmin", "userId": None},
        {"roleId": "manager"},
        {"userId": None},
        {"canDo": "perhaps"},
    ],
)
def test_a_company_cannot_give_what_is_not_its_own(office, change):
    body = {
        "permissionName": "directory.read",
        "userId": office.company.owner_id,
        "canDo": True,
        **change,
    }
    assert office.ask("POST", "/v1/grants", body=body).status == 400


def test_who_may_only_write_people_cannot_make_an_admin(office):
    token = office.person("max", "manager")
    office.make("/v1/grants", permissionName="directory.write", userId="max", canDo=True)
    body = {"email": "x@office.example", "fullname": "X", "roleId": "employee"}
    assert office.ask("POST", "/v1/users", token=token, body=body).status == 201
    admin = {**body, "email": "y@office.example", "roleId": "tenantAdmin"}
    assert office.ask("POST", "/v1/users", token=token, body=admin).status == 401
    raised = office.ask("PATCH", "/v1/users/max", token=token, body={"roleId": "tenantAdmin"})
    assert raised.status == 401
    path = f"/v1/users/{office.company.owner_id}"
    taken = office.ask("PATCH", path, token=token, body={"password": "my-own-password"})
    assert taken.status == 401
    assert log_in(office.company.email, OWNER_PASSWORD)


def test_holidays_are_listed_by_day(office):
    office.make("/v1/holidays", date="2026-12-25", name="Christmas")
    office.make("/v1/holidays", date="2026-05-01", name="Labour day", location="Plant 1")
    listed = office.ask("GET", "/v1/holidays").body["holidays"]
    assert [h["date"] for h in listed] == ["2026-05-01", "2026-12-25"]
    bad = office.ask("POST", "/v1/holidays", body={"date": "2026-02-30", "name": "X"})
    assert bad.body["message"] == "errMsg_invalidDate"


def test_leave_is_a_persons_and_seen_by_that_person(office):
    ana, ben = office.person("ana"), office.person("ben")
    leave = {"from": "2026-03-06", "to": "2026-03-08", "kind": "vacation"}
    made = office.make("/v1/leaves", userId="ana", **leave)
    assert (made["from"], made["to"]) == ("2026-03-06", "2026-03-08")
    hours = {"from": "2026-03-09T09:00:00Z", "to": "2026-03-09T12:00:00+01:00", "kind": "sick"}
    office.make("/v1/leaves", userId="ana", **hours)
    assert len(office.ask("GET", "/v1/leaves", token=ana).body["leaves"]) == 2
    assert office.ask("GET", "/v1/leaves", token=ben).body["leaves"] == []
    assert office.ask("GET", f"/v1/leaves/{made['id']}", token=ben).status == 401
    for change in (
        {"to": "2026-03-05"},
        {"to": "2026-03-06T09:00:00Z"},
        {"from": "2026-03-06T09:00"},
    ):
        body = {"userId": "ana", **leave, **change}
        assert office.ask("POST", "/v1/leaves", body=body).status == 400, change
    nobody = office.ask("POST", "/v1/leaves", body={"userId": "nobody", **leave})
    assert nobody.body["message"] == "errMsg_userNotFound"


def test_a_leave_is_moved_by_the_names_it_was_made_with(office):
    office.person("ana")
    made = office.make(
        "/v1/leaves", userId="ana", **{"from": "2026-03-06"}, to="2026-03-08", kind="x"
    )
    path = f"/v1/leaves/{made['id']}"
    moved = office.ask("PATCH", path, body={"from": "2026-03-07"}).body["leave"]
    assert (moved["from"], moved["to"]) == ("2026-03-07", "2026-03-08")
    assert office.ask("GET", path).body["leave"]["from"] == "2026-03-07"
    late = office.ask("PATCH", path, body={"from": "2026-03-09"})
    assert (late.status, late.body["message"]) == (400, "errMsg_invalidTo")


def test_names_that_no_page_names_are_ignored_also_where_our_code_has_them(office):
    office.person("ana")
    assert office.make("/v1/groups", name="Night", user_ids=["ana"])["userIds"] == []
    body = {"userId": "ana", "from_": "2026-03-06", "to": "2026-03-08", "kind": "x"}
    refused = office.ask("POST", "/v1/leaves", body=body)
    assert (refused.status, refused.body["message"]) == (400, "errMsg_invalidFrom")


def test_a_company_is_read_by_all_its_people_and_changed_by_its_admin(office):
    token = office.person("ana")
    shown = office.ask("GET", "/v1/company", token=token).body["company"]
    assert (shown["id"], shown["timezone"]) == (office.company.company_id, "Europe/Madrid")
    oidc = {"issuer": "https://id.example/acme", "audience": "attendance"}
    body = {"name": "New name", "oidc": oidc}
    changed = office.ask("PATCH", "/v1/company", body=body).body["company"]
    assert (changed["name"], changed["oidc"]) == ("New name", oidc)
    assert office.ask("PATCH", "/v1/company", body={"oidc": None}).body["company"]["oidc"] is None
    assert office.ask("PATCH", "/v1/company", body={"timezone": "X/Y"}).status == 400
    assert office.ask("PATCH", "/v1/company", token=token, body={"name": "X"}).status == 401


def test_companies_are_made_and_listed_by_the_saas_admin_and_nobody_else(office):
    root = log_in(**SUPER_ADMIN)
    email = f"{fresh_codename()}@service.example"
    saas = {"email": email, "fullname": "Sam", "roleId": "saasAdmin", "password": PASSWORD}
    assert office.ask("POST", "/v1/users", token=root, body=saas).status == 201
    token = log_in(email, PASSWORD)
    owner = {k: v for k, v in owner_body("x").items() if k != "company"}
    body = {"name": "Globex", "codename": fresh_codename(), "timezone": "UTC", "owner": owner}
    made = office.ask("POST", "/v1/companies", token=token, body=body)
    assert made.status == 201, made.text
    path = f"/v1/companies/{made.body['company']['id']}"
    assert office.ask("GET", path, token=token).body["company"]["codename"] == body["codename"]
    listed = office.ask("GET", "/v1/companies", token=token, query={"pageNumber": 0}).body
    assert office.company.company_id in [c["id"] for c in listed["companies"]]
    assert "root" not in [c["codename"] for c in listed["companies"]]
    renamed = office.ask("PATCH", path, token=token, body={"codename": "other"})
    assert renamed.body["message"] == "errMsg_invalidCodename"
    assert office.ask("DELETE", path, token=token).status == 200
    assert office.ask("GET", path, token=token).status == 404
    for refused in ("/v1/companies", path):
        assert office.ask("GET", refused).status == 401
    for data in ("/v1/users", "/v1/shifts", "/v1/company"):
        assert office.ask("GET", data, token=token).status == 401, data


def test_a_tenant_admin_gives_company_roles_only(office):
    body = {"email": "x@x.example", "fullname": "X", "roleId": "saasAdmin"}
    answer = office.ask("POST", "/v1/users", body=body)
    assert (answer.status, answer.body["message"]) == (400, "errMsg_invalidRoleId")


def test_another_company_has_its_own_calendar(office):
    office.make("/v1/holidays", date="2026-12-25", name="Christmas")
    other = own_company()
    assert ask(api, "GET", "/v1/holidays", token=other.token).body["holidays"] == []
