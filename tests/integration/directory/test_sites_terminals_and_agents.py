"""Sites, terminals, agents and their enrolment."""

from datetime import timedelta

import pytest

from attendance.adapters import account_keys
from attendance.errors import UnauthenticatedError
from attendance.services.authenticate_agent import company_of_agent
from attendance.services.enroll_agent import enroll_agent
from attendance.services.enrollment_code import hash_of
from attendance.services.report_devices import register_devices
from attendance_api.app import lambda_handler as api
from tests.accounts import own_company
from tests.http_events import ask

KEY = "A" * 43


@pytest.fixture
def admin(company):
    def send(method, path, **options):
        return ask(api, method, path, **({"token": company.token} | options))

    return send


def made(answer):
    assert answer.status == 201, answer.text
    return answer.body[answer.body["dataName"]]


def test_a_site_is_its_name(admin):
    body = {"location": "Plant 1", "timezone": "America/Lima"}
    site = made(admin("POST", "/v1/locations", body=body))
    assert admin("POST", "/v1/locations", body=body).body["message"] == "errMsg_idTaken"
    path = f"/v1/locations/{site['id']}"
    changed = admin("PATCH", path, body={"timezone": "America/Bogota"})
    assert changed.body["location"]["timezone"] == "America/Bogota"
    renamed = admin("PATCH", path, body={"location": "Plant 2"})
    assert (renamed.status, renamed.body["message"]) == (400, "errMsg_invalidLocation")
    assert admin("DELETE", path).body["location"]["isActive"] is False
    assert admin("GET", "/v1/locations").body["locations"] == []
    assert made(admin("POST", "/v1/locations", body=body))["id"] == site["id"]


def test_a_terminal_made_by_a_person_is_approved(admin):
    body = {"deviceId": "gate", "name": "Main gate", "location": "Plant 1", "direction": "in"}
    device = made(admin("POST", "/v1/devices", body=body))
    assert device["deviceId"] == device["id"] == "gate"
    assert (device["approved"], device["isNew"], device["health"]) == (True, False, None)
    changed = admin("PATCH", "/v1/devices/gate", body={"direction": None, "health": "fine"})
    assert changed.body["device"]["direction"] is None
    assert changed.body["device"]["health"] is None
    bad = admin("PATCH", "/v1/devices/gate", body={"timezone": "Nowhere"})
    assert bad.body["message"] == "errMsg_invalidTimezone"
    other = admin("PATCH", "/v1/devices/gate", body={"agentId": "no-such"})
    assert other.body["message"] == "errMsg_invalidAgentId"


def test_a_terminal_first_seen_in_a_report_waits_for_a_persons_word(admin, company, parts):
    agent = enrolled(admin, parts)
    register_devices(parts.directory, agent, ["seen"], parts.now())
    device = admin("GET", "/v1/devices/seen").body["device"]
    assert (device["isNew"], device["approved"]) == (True, False)
    renamed = admin("PATCH", "/v1/devices/seen", body={"name": "Back door"}).body["device"]
    assert (renamed["isNew"], renamed["approved"]) == (True, False)
    approved = admin("PATCH", "/v1/devices/seen", body={"approved": True}).body["device"]
    assert (approved["isNew"], approved["approved"]) == (False, True)
    assert approved["agentId"] == agent.agent_id


def enrolled(admin, parts, **body):
    agent = made(admin("POST", "/v1/agents", body={"name": "Site PC", **body}))
    return enroll_agent(
        parts, code=agent["enrollmentCode"], public_key=KEY, hostname="pc", version="1"
    )


def test_an_agent_enrols_once_with_its_code(admin, company, parts):
    agent = made(admin("POST", "/v1/agents", body={"name": "Site PC", "location": "Plant 1"}))
    assert len(agent["enrollmentCode"]) >= 22
    assert agent["status"] == "waiting"
    assert str(company_of_agent(agent["agentId"])) == company.company_id
    shown = admin("GET", f"/v1/agents/{agent['agentId']}")
    assert agent["enrollmentCode"] not in shown.text
    code = agent["enrollmentCode"]
    first = enroll_agent(parts, code=code, public_key=KEY, hostname="pc", version="1")
    again = enroll_agent(parts, code=code, public_key=KEY + "=", hostname="pc", version="1")
    assert first == again
    assert (first.agent_id, first.location) == (agent["agentId"], "Plant 1")
    for wrong in (code, "x" * 22):
        with pytest.raises(UnauthenticatedError):
            enroll_agent(parts, code=wrong, public_key="B" * 43, hostname="pc", version="1")
    active = admin("GET", f"/v1/agents/{agent['agentId']}").body["agent"]
    assert (active["status"], active["hostname"]) == ("active", "pc")


def test_a_code_lasts_a_quarter_of_an_hour(admin, parts, monkeypatch):
    agent = made(admin("POST", "/v1/agents", body={"name": "Late PC"}))
    later = parts.now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(type(parts), "now", lambda _self: later)
    with pytest.raises(UnauthenticatedError):
        enroll_agent(
            parts, code=agent["enrollmentCode"], public_key=KEY, hostname="pc", version="1"
        )


def test_a_revoked_agent_is_not_enrolled_and_not_found(admin, parts):
    agent = made(admin("POST", "/v1/agents", body={"name": "Old PC"}))
    gone = admin("DELETE", f"/v1/agents/{agent['id']}").body["agent"]
    assert (gone["isActive"], gone["status"]) == (False, "revoked")
    assert admin("GET", f"/v1/agents/{agent['id']}").status == 404
    with pytest.raises(UnauthenticatedError):
        enroll_agent(
            parts, code=agent["enrollmentCode"], public_key=KEY, hostname="pc", version="1"
        )


def test_terminals_and_agents_know_each_other(admin):
    made(admin("POST", "/v1/devices", body={"deviceId": "gate", "name": "Gate"}))
    first = made(admin("POST", "/v1/agents", body={"name": "A", "deviceIds": ["gate", "later"]}))
    second = made(admin("POST", "/v1/agents", body={"name": "B"}))
    assert admin("GET", "/v1/devices/gate").body["device"]["agentId"] == first["id"]
    admin("PATCH", "/v1/devices/gate", body={"agentId": second["id"]})
    of_first = admin("GET", f"/v1/agents/{first['id']}").body["agent"]
    of_second = admin("GET", f"/v1/agents/{second['id']}").body["agent"]
    assert (of_first["deviceIds"], of_second["deviceIds"]) == (["later"], ["gate"])
    back = {"deviceIds": ["later", "gate"]}
    assert admin("PATCH", f"/v1/agents/{first['id']}", body=back).status == 200
    assert admin("GET", "/v1/devices/gate").body["device"]["agentId"] == first["id"]
    of_second = admin("GET", f"/v1/agents/{second['id']}").body["agent"]
    assert of_second["deviceIds"] == []
    admin("DELETE", f"/v1/agents/{first['id']}")
    assert admin("GET", "/v1/devices/gate").body["device"]["agentId"] is None


def test_a_push_token_is_shown_once_and_replaces_the_former(admin, parts):
    made(admin("POST", "/v1/devices", body={"deviceId": "gate", "name": "Gate"}))
    first = made(admin("POST", "/v1/devices/gate/push-token"))
    second = made(admin("POST", "/v1/devices/gate/push-token"))
    assert parts.directory.note(account_keys.push_token_key(hash_of(first["token"]))) is None
    place = parts.directory.note(account_keys.push_token_key(hash_of(second["token"])))
    assert place["deviceId"] == "gate"
    assert "ushToken" not in admin("GET", "/v1/devices/gate").text
    assert admin("POST", "/v1/devices/none/push-token").status == 404


def test_another_companys_terminals_are_unknown(admin):
    made(admin("POST", "/v1/devices", body={"deviceId": "gate", "name": "Gate"}))
    other = own_company()
    assert ask(api, "GET", "/v1/devices/gate", token=other.token).status == 404
    assert ask(api, "GET", "/v1/devices", token=other.token).body["devices"] == []
