"""Sibling services' events on the bus of the deployed stack, read back through REST."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.company import Company, client
from tests.waiting import until

pytestmark = pytest.mark.stack

DAY = "2026-03-06"


class Siblings:
    """Services that put events of one company on the bus."""

    def __init__(self, stack: dict[str, Any], company: Company) -> None:
        self._events, self._sqs = client(stack, "events"), client(stack, "sqs")
        self._bus, self._company = stack["eventBusName"], company
        stacks = client(stack, "cloudformation")
        outputs = stacks.describe_stacks(StackName=stack["stackName"])
        stacks.close()
        self._dead = next(
            output["OutputValue"]
            for output in outputs["Stacks"][0]["Outputs"]
            if output["OutputKey"] == "DirectoryDeadLetterQueueUrl"
        )

    def tell(self, detail_type: str, version: int, **data: Any) -> None:
        kind = "users" if detail_type.startswith("user.") else "shifts"
        detail = {"companyId": self._company.id, "version": version, "data": data}
        entry = {
            "Source": f"workforceos.{kind}",
            "DetailType": detail_type,
            "Detail": json.dumps(detail),
            "EventBusName": self._bus,
        }
        assert self._events.put_events(Entries=[entry])["FailedEntryCount"] == 0

    def close(self) -> None:
        self._events.close()
        self._sqs.close()

    def put_aside(self) -> list[str]:
        """The reasons of this company's messages in the dead-letter queue."""
        answer = self._sqs.receive_message(
            QueueUrl=self._dead, MaxNumberOfMessages=10, MessageAttributeNames=["reason"]
        )
        return [
            message["MessageAttributes"]["reason"]["StringValue"]
            for message in answer.get("Messages", [])
            if self._company.id in message["Body"]
        ]


@pytest.fixture
def company(stack: dict[str, Any]) -> Iterator[Company]:
    made = Company(stack)
    yield made
    made.http.close()


def found(company: Company, path: str) -> dict[str, Any] | None:
    answer = company.http.get(path)
    return answer.json() if answer.is_success else None


@pytest.fixture
def siblings(stack: dict[str, Any], company: Company) -> Iterator[Siblings]:
    made = Siblings(stack, company)
    yield made
    made.close()


def test_out_of_order_and_repeated_the_newest_versions_stand(
    siblings: Siblings, company: Company
) -> None:
    ana = {"userId": "ana", "email": "ana@acme.example", "roleId": "employee"}
    shift = {"shiftId": "day", "shiftDate": DAY, "startTime": "09:00"}

    siblings.tell("shiftAssignment.upserted", 1, userId="ana", shiftId="day")
    siblings.tell("user.upserted", 2, **ana, fullname="Ana Two", deviceUserIds=["5"])
    siblings.tell("shift.upserted", 2, **shift, endTime="17:00")
    for _ in range(2):
        siblings.tell("user.upserted", 1, **ana, fullname="Ana One", deviceUserIds=[])
        siblings.tell("shift.upserted", 1, **shift, endTime="12:00")
        siblings.tell("user.upserted", 2, **ana, fullname="Ana Two", deviceUserIds=["5"])
    siblings.tell("user.deleted", 9, userId="ben")
    siblings.tell("user.upserted", 8, userId="ben", email="b@acme.example", fullname="Ben",
                  roleId="employee")  # fmt: skip
    siblings.tell("user.upserted", 1, userId="cid", email="nobody")
    siblings.tell("user.upserted", 1, userId="zoe", email="z@acme.example", fullname="Zoe",
                  roleId="manager")  # fmt: skip

    rows = until(lambda: (found(company, "/v1/shifts/day/assignments") or {}).get("assignments"))
    until(lambda: found(company, "/v1/users/zoe"))
    reason = until(siblings.put_aside)
    until(lambda: company.get("/v1/shifts/day")["shift"]["endTime"] == "17:00")
    until(lambda: company.get("/v1/users/ana")["user"]["fullname"] == "Ana Two")

    assert rows == [{"userId": "ana", "shiftId": "day"}]
    person = company.get("/v1/users/ana")["user"]
    assert (person["fullname"], person["deviceUserIds"]) == ("Ana Two", ["5"])
    assert found(company, "/v1/users/ben") is None
    assert reason == ["InvalidError: invalidEmail: email: expected an e-mail address."]
