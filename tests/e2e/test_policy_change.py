"""A new policy on the deployed stack: stream, queue and bus mend what was published."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.e2e.company import Company, Subscriber
from tests.waiting import until

pytestmark = pytest.mark.stack


@pytest.fixture
def company(stack: dict[str, Any]) -> Iterator[Company]:
    made = Company(stack)
    yield made
    made.http.close()


@pytest.fixture
def subscriber(stack: dict[str, Any], company: Company) -> Iterator[Subscriber]:
    made = Subscriber(stack, company)
    yield made
    made.sqs.close()


def recomputed(subscriber: Subscriber) -> list[dict[str, Any]]:
    events = subscriber.receive()
    return [e["detail"]["data"] for e in events if e["detail-type"] == "attendance.recomputed"]


def is_quiet(stack: dict[str, Any]) -> bool:
    """Every change of the table has been judged and published."""
    report = httpx.get(f"{stack['engineUrl']}/_local/backlog").json()
    return not report["undelivered"] + report["running"]


def test_a_new_policy_mends_a_record_and_tells_why(
    stack: dict[str, Any], company: Company, subscriber: Subscriber
) -> None:
    day = datetime.now(UTC).date() - timedelta(days=1)
    (ann,) = company.people(1)
    company.shift("day", day, [ann])
    times = {"checkInTime": f"{day}T12:00:00Z", "checkOutTime": f"{day}T21:00:00Z"}
    company.post("/v1/check-in", {"shiftId": "day", "userId": ann, **times})
    assert [record["status"] for record in company.records()] == ["late"]

    until(lambda: is_quiet(stack), 90)
    fields = {"lateGraceMinutes": None}
    company.post("/v1/policy", {"policy": fields, "effectiveFrom": f"{day}"})

    until(lambda: recomputed(subscriber), 90)
    (told,) = recomputed(subscriber)
    assert (told["before"]["status"], told["after"]["status"]) == ("late", "present")
    assert told["cause"] == "policyChange"
    assert [record["status"] for record in company.records()] == ["present"]
