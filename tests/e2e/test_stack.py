"""The launcher's promises on a deployed stack (docs/running-locally.md)."""

import json
import stat
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

from tests.stack import launch
from tests.waiting import ends_within, until

pytestmark = pytest.mark.stack


def aws(stack: dict[str, Any], service: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=stack["engineUrl"],
        region_name=stack["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def delivered(stack: dict[str, Any], function: str) -> int:
    """How many stream records a consumer's log speaks of."""
    group = f"/aws/lambda/{stack['stackName']}-{function}"
    events = aws(stack, "logs").filter_log_events(logGroupName=group)["events"]
    lines = [json.loads(e["message"]) for e in events if e["message"].startswith("{")]
    return sum(line.get("changes", 0) for line in lines)


def undelivered(stack: dict[str, Any]) -> int:
    """Stream records that a consumer has yet to see."""
    report = httpx.get(f"{stack['engineUrl']}/_local/backlog").json()
    return int(report["undelivered"] + report["running"])


def put_punch_like_item(stack: dict[str, Any], number: int) -> None:
    aws(stack, "dynamodb").put_item(
        TableName=stack["tableName"],
        Item={"pk": {"S": "probe"}, "sk": {"S": str(number)}, "kind": {"S": "punch"}},
    )


def test_the_stack_file_has_the_documented_keys_and_is_private(
    stack: dict[str, Any], stack_environment: dict[str, str]
) -> None:
    file = Path(stack_environment["LOCAL_DIR"]) / "stack.json"

    assert list(stack) == [
        "baseUrl",
        "edgeUrl",
        "engineUrl",
        "region",
        "stackName",
        "tableName",
        "eventBusName",
        "edgeConfig",
        "superAdmin",
        "demo",
    ]
    assert stack["baseUrl"] == f"http://localhost:{stack_environment['PORT']}"
    assert (stack["edgeUrl"], stack["edgeConfig"], stack["demo"]) == (None, None, None)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_browser_that_asks_first_is_answered_by_the_function(stack: dict[str, Any]) -> None:
    asking = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}

    answer = httpx.options(f"{stack['baseUrl']}/v1/check-in", headers=asking)

    assert answer.status_code == 204
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("prefix", ["", "/attendancemanagement-api"])
def test_each_route_reaches_the_function_it_belongs_to(stack: dict[str, Any], prefix: str) -> None:
    url = stack["baseUrl"] + prefix

    health = httpx.get(f"{url}/admin/health")
    keys = httpx.get(f"{url}/.well-known/jwks.json")
    punches = httpx.post(f"{url}/v1/punches", json={})

    assert health.status_code == 200
    assert keys.json()["keys"][0]["kty"] == "OKP"
    assert punches.status_code == 401


def test_the_super_admin_of_the_stack_file_can_log_in(stack: dict[str, Any]) -> None:
    answer = httpx.post(f"{stack['baseUrl']}/login", json=stack["superAdmin"])

    assert answer.status_code == 200, answer.text
    assert answer.json()["roleId"] == "superAdmin"


def test_a_second_up_changes_nothing_and_is_quick(
    stack: dict[str, Any], stack_environment: dict[str, str]
) -> None:
    with ends_within(10):
        printed = launch("up", stack_environment)

    assert "Deploying" not in printed


def test_a_restart_keeps_the_data_and_delivers_every_change_after_it(
    stack: dict[str, Any], stack_environment: dict[str, str]
) -> None:
    until(lambda: not undelivered(stack))
    before = delivered(stack, "judge-attendance")
    for number in range(20):
        put_punch_like_item(stack, number)
    launch("down", stack_environment)
    with ends_within(20):
        launch("up", stack_environment)
    at_stop = delivered(stack, "judge-attendance")
    put_punch_like_item(stack, 20)

    kept = aws(stack, "dynamodb").query(
        TableName=stack["tableName"],
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": "probe"}},
        Select="COUNT",
    )
    assert at_stop >= before + 20
    assert kept["Count"] == 21
    until(lambda: delivered(stack, "judge-attendance") > at_stop)


def test_the_clock_reaches_the_sweep(stack: dict[str, Any]) -> None:
    rules = aws(stack, "events").list_rules()["Rules"]
    sweep = next(rule for rule in rules if rule.get("ScheduleExpression") == "rate(1 minute)")
    targets = aws(stack, "events").list_targets_by_rule(Rule=sweep["Name"])["Targets"]

    assert [target["Arn"].rpartition(":")[2] for target in targets] == [
        f"{stack['stackName']}-sweep-shifts"
    ]
