"""The bodies of the document's examples, sent one after the other, are a day's work."""

import pytest

from attendance_api.openapi.body_examples import BODY_EXAMPLES
from tests.accounts import SUPER_ADMIN, log_in, own_company, service
from tests.http_events import ask
from tests.integration.openapi.operations import OPERATIONS
from tests.integration.openapi.service_app import handler_of

PEOPLE = "/v1/shifts/{shiftId}/assignments"
RECORD = "/v1/attendance-records/{attendanceRecordId}"
DAY = [
    "post /v1/locations", "post /v1/users", "post /v1/groups", "post /v1/grants",
    "post /v1/devices", "post /v1/agents", "post /v1/shifts", f"post {PEOPLE}", f"put {PEOPLE}",
    "post /v1/check-in", f"patch {RECORD}", "post /v1/holidays", "post /v1/leaves",
    "post /v1/policy", "post /v1/policy/preview", "post /v1/policy/simulate",
    "patch /v1/company", "patch /v1/locations/{locationId}", "patch /v1/users/{userId}",
    "patch /v1/groups/{groupId}", "patch /v1/grants/{grantId}", "patch /v1/shifts/{shiftId}",
    "patch /v1/holidays/{holidayId}", "patch /v1/leaves/{leaveId}", "patch /v1/devices/{deviceId}",
    "patch /v1/agents/{agentId}", "post /v1/punches/release",
]  # fmt: skip
"""In the order in which each finds what it speaks of."""
REFUSED_HERE = {
    "post /v1/check-out": 409,
    "post /v1/mark-absent": 409,
    "post /login": 401,
    "post /v1/agents/enroll": 401,
    "post /v1/punches": 401,
}
"""Sound, but the day has gone another way, or the secret is another."""
OF_THE_ROOT = ["post /tenantowners", "post /v1/companies", "patch /v1/companies/{companyId}"]


@pytest.fixture(scope="module", autouse=True)
def parts(engine_url):
    yield from service(engine_url)


def example_of(name):
    (operation,) = [o for o in OPERATIONS if f"{o.method} {o.path}" == name]
    return operation.request["application/json"]["example"]


class Client:
    def __init__(self, token):
        self.token = token
        self.ids = {"attendanceRecordId": None}

    def send(self, name, **changes):
        method, path = name.split(" ")
        body = example_of(name) | changes
        found = path.format(**self.ids)
        answer = ask(
            handler_of(method.upper(), found), method.upper(), found, token=self.token, body=body
        )
        made = answer.body.get(answer.body.get("dataName"))
        if method == "post" and isinstance(made, dict) and "id" in made:
            self.ids[f"{answer.body['dataName']}Id"] = made["id"]
        return answer


def test_the_examples_are_taken_one_after_the_other():
    client = Client(own_company().token)
    for name in DAY:
        answer = client.send(name)
        assert answer.status in (200, 201), (name, answer.text)
    for name, status in REFUSED_HERE.items():
        assert client.send(name).status == status, name
    assert (
        client.ids["attendanceRecordId"] == example_of("post /v1/check-out")["attendanceRecordId"]
    )


def test_the_examples_of_the_root_tenant_are_taken_too():
    client = Client(log_in(**SUPER_ADMIN))
    first, second, third = OF_THE_ROOT
    assert client.send(first).status == 201
    assert client.send(second).body["message"] == "errMsg_codenameTaken"
    codename = {"codename": "acme-two", "owner": None}
    assert client.send(second, **codename).status == 201
    assert client.send(third).body["company"]["suspended"] is True


def test_no_example_is_left_out():
    asked = {f"{o.method} {o.path}" for o in OPERATIONS if "application/json" in o.request}
    assert asked == {*DAY, *REFUSED_HERE, *OF_THE_ROOT}
    assert {" ".join(place) for place in BODY_EXAMPLES} <= asked
