"""People of a company through the routes."""

import pytest

from accounts_api.app import lambda_handler as accounts
from attendance_api.app import lambda_handler as api
from tests.accounts import OWNER_PASSWORD, log_in, own_company
from tests.http_events import ask


def person(**changes):
    return {
        "userId": "ana",
        "email": "ana@people.example",
        "fullname": "Ana Ruiz",
        "roleId": "employee",
        "deviceUserIds": ["5"],
        **changes,
    }


PASSWORD = "the-password-of-ana"


def make(token, **changes):
    answer = ask(api, "POST", "/v1/users", token=token, body=person(**changes))
    assert answer.status == 201, answer.text
    return answer.body["user"]


def test_a_person_is_made_with_the_days_of_employment():
    token = own_company().token
    days = {"employedFrom": "2026-01-01", "employedTo": "2026-12-31"}
    made = make(token, **days)
    assert {name: made[name] for name in days} == days
    assert ask(api, "GET", "/v1/users/ana", token=token).body["user"] == made


def test_a_person_is_made_read_listed_changed_and_removed():
    token = own_company().token
    made = make(token)
    assert (made["id"], made["userId"], made["isActive"]) == ("ana", "ana", True)
    assert "assword" not in str(made)
    assert ask(api, "GET", "/v1/users/ana", token=token).body["user"] == made
    listed = ask(api, "GET", "/v1/users", token=token)
    assert listed.body["dataName"] == "users"
    assert listed.body["paging"] == {
        "pageNumber": 1,
        "pageRowCount": 25,
        "totalRowCount": 2,
        "pageCount": 1,
    }
    changed = ask(api, "PATCH", "/v1/users/ana", token=token, body={"fullname": "Ana R."})
    assert (changed.status, changed.body["user"]["fullname"]) == (200, "Ana R.")
    removed = ask(api, "DELETE", "/v1/users/ana", token=token)
    assert (removed.body["action"], removed.body["user"]["isActive"]) == ("delete", False)
    assert ask(api, "GET", "/v1/users/ana", token=token).status == 404
    back = ask(api, "PATCH", "/v1/users/ana", token=token, body={"isActive": True})
    assert (back.status, back.body["user"]["isActive"]) == (200, True)


def test_pages_are_exact():
    token = own_company().token
    for number in range(5):
        make(token, userId=f"u{number}", email=f"u{number}@people.example", deviceUserIds=[])
    query = {"pageNumber": 2, "pageRowCount": 4}
    page = ask(api, "GET", "/v1/users", token=token, query=query)
    assert page.body["rowCount"] == 2
    assert page.body["paging"]["pageCount"] == 2
    everything = ask(api, "GET", "/v1/users", token=token, query={"pageNumber": 0})
    assert len(everything.body["users"]) == 6
    assert ask(api, "GET", "/v1/users", token=token, query={"pageNumber": -1}).status == 400
    assert ask(api, "GET", "/v1/users", token=token, query={"pageRowCount": 501}).status == 400


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"userId": "other", "deviceUserIds": []}, "errMsg_emailTaken"),
        ({"userId": "other", "email": "o@people.example"}, "errMsg_deviceUserIdTaken"),
        ({"email": "o@people.example", "deviceUserIds": []}, "errMsg_idTaken"),
    ],
)
def test_what_is_taken_is_taken(changes, word):
    token = own_company().token
    make(token)
    answer = ask(api, "POST", "/v1/users", token=token, body=person(**changes))
    assert (answer.status, answer.body["message"]) == (409, word)
    assert len(ask(api, "GET", "/v1/users", token=token).body["users"]) == 2


def test_a_device_number_goes_from_one_person_to_the_next():
    token = own_company().token
    make(token)
    make(token, userId="ben", email="ben@people.example", deviceUserIds=["6"])
    to_ben = {"deviceUserIds": ["5", "6"]}
    assert ask(api, "PATCH", "/v1/users/ben", token=token, body=to_ben).status == 409
    ask(api, "PATCH", "/v1/users/ana", token=token, body={"deviceUserIds": []})
    assert ask(api, "PATCH", "/v1/users/ben", token=token, body=to_ben).status == 200


def test_who_has_left_gives_back_e_mail_and_numbers(parts):
    company = own_company()
    make(company.token)
    ask(api, "DELETE", "/v1/users/ana", token=company.token)
    make(company.token, userId="new", password=None)
    assert ask(api, "PATCH", "/v1/users/ana", token=company.token, body={"isActive": True}).body[
        "message"
    ] in {"errMsg_emailTaken", "errMsg_deviceUserIdTaken"}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"email": "x"}, "errMsg_invalidEmail"),
        ({"email": None}, "errMsg_invalidEmail"),
        ({"roleId": "superAdmin"}, "errMsg_invalidRoleId"),
        ({"roleId": "boss"}, "errMsg_invalidRoleId"),
        ({"deviceUserIds": "5"}, "errMsg_invalidDeviceUserIds"),
        ({"employedFrom": "2026-13-01"}, "errMsg_invalidEmployedFrom"),
        ({"userId": "a#b"}, "errMsg_invalidUserId"),
        ({"avatar": "javascript:alert(1)"}, "errMsg_invalidAvatar"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_made(change, word):
    token = own_company().token
    answer = ask(api, "POST", "/v1/users", token=token, body=person(**change))
    assert (answer.status, answer.body["message"]) == (400, word)
    assert len(ask(api, "GET", "/v1/users", token=token).body["users"]) == 1


def test_an_employee_reads_himself_and_writes_nobody():
    company = own_company()
    make(company.token, password=PASSWORD)
    token = log_in("ana@people.example", PASSWORD, companyId=company.company_id)
    assert ask(api, "GET", "/v1/users/ana", token=token).status == 200
    own = ask(api, "GET", "/v1/users", token=token).body
    assert [user["id"] for user in own["users"]] == ["ana"]
    for refused in (
        ask(api, "GET", f"/v1/users/{company.owner_id}", token=token),
        ask(api, "GET", "/v1/users/nobody", token=token),
        ask(api, "POST", "/v1/users", token=token, body=person(userId="x")),
        ask(api, "PATCH", "/v1/users/ana", token=token, body={"roleId": "tenantAdmin"}),
        ask(api, "GET", "/v1/devices", token=token),
    ):
        assert (refused.status, refused.body["message"]) == (401, "errMsg_notAuthorized")


@pytest.mark.parametrize(
    "change",
    [{"roleId": "manager"}, {"password": "another-password"}, {"isActive": False}],
)
def test_a_change_of_rights_ends_the_sessions(change):
    company = own_company()
    make(company.token, password=PASSWORD)
    token = log_in("ana@people.example", PASSWORD, companyId=company.company_id)
    assert ask(api, "GET", "/currentuser", token=token).status == 200
    ask(api, "PATCH", "/v1/users/ana", token=company.token, body=change)
    assert ask(api, "GET", "/v1/users", token=token).body["message"] == "errMsg_invalidToken"


def test_a_new_password_opens_and_the_old_one_does_not():
    company = own_company()
    make(company.token, password=PASSWORD)
    change = {"password": "another-password"}
    ask(api, "PATCH", "/v1/users/ana", token=company.token, body=change)
    assert log_in("ana@people.example", "another-password", companyId=company.company_id)
    body = {
        "email": "ana@people.example",
        "password": PASSWORD,
        "companyId": company.company_id,
    }
    assert ask(accounts, "POST", "/login", body=body).status == 401


def test_companies_do_not_see_each_other():
    acme, corp = own_company(), own_company()
    make(acme.token)
    for refused in (
        ask(api, "GET", "/v1/users/ana", token=corp.token),
        ask(api, "PATCH", "/v1/users/ana", token=corp.token, body={"fullname": "X"}),
        ask(api, "DELETE", "/v1/users/ana", token=corp.token),
    ):
        unknown = ask(api, "GET", "/v1/users/unknown", token=corp.token)
        assert (refused.status, refused.body["detail"]) == (404, unknown.body["detail"])
    mine = ask(api, "GET", "/v1/users", token=corp.token).body["users"]
    assert [user["id"] for user in mine] == [corp.owner_id]
    make(corp.token)
    named = ask(api, "GET", "/v1/users", token=corp.token, query={"companyId": acme.company_id})
    assert (named.status, named.body["message"]) == (401, "errMsg_notAuthorized")


def test_the_owner_cannot_remove_himself():
    company = own_company()
    answer = ask(api, "DELETE", f"/v1/users/{company.owner_id}", token=company.token)
    assert answer.status == 401
    assert log_in(company.email, OWNER_PASSWORD)


def test_an_activity_of_null_keeps_the_person_as_is():
    company = own_company()
    path = f"/v1/users/{company.owner_id}"
    answer = ask(api, "PATCH", path, token=company.token, body={"isActive": None})
    assert (answer.status, answer.body["user"]["isActive"]) == (200, True)
    assert ask(api, "GET", path, token=company.token).status == 200
