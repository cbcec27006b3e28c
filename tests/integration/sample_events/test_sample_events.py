"""Every function takes the event that `events/` keeps for it, on moto."""

import importlib
import json
from pathlib import Path

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.events import events_backends

from attendance.adapters.directory import put_member
from attendance.adapters.items.punch_item import PunchItem
from attendance.adapters.items.seat_item import SeatItem
from attendance.identity import CompanyId
from attendance.model.directory import Member
from ingest_punches.app import lambda_handler as handle
from tests.engine import aws_client
from tests.http_events import CONTEXT
from tests.integration.judging.conftest import START, Company

EVENTS = Path(__file__).parents[3] / "events"
ACME = CompanyId("acme")


def sample(function: str) -> dict:
    return json.loads((EVENTS / f"{function}.json").read_text())


def call(function: str):
    app = importlib.import_module(f"{function}.app")
    return app.lambda_handler(sample(function), CONTEXT)


def put_image(parts, model, function: str, image: str = "NewImage") -> None:
    raw = sample(function)["Records"][0]["dynamodb"][image]
    parts.table._client.put_item(TableName=parts.settings.table_name, Item=raw)
    assert model.from_raw_data(raw).kind in {"punch", "seat"}


def test_the_api_answers_that_it_is_up(moto_parts):
    answer = call("attendance_api")
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["version"] == "0.0.0-test"


def test_a_wrong_password_is_refused_and_no_more_is_said(moto_parts, monkeypatch):
    secrets = aws_client("secretsmanager", "")
    admin = json.dumps({"email": "superadmin@example.com", "password": "right-password"})
    for name, text in (("signing", "s" * 64), ("admin", admin)):
        secrets.create_secret(Name=name, SecretString=text)
    monkeypatch.setenv("SIGNING_SECRET_ARN", "signing")
    monkeypatch.setenv("SUPER_ADMIN_SECRET_ARN", "admin")
    importlib.import_module("attendance.bootstrap").runtime.cache_clear()
    answer = call("accounts_api")
    assert answer["statusCode"] == 401
    assert json.loads(answer["body"])["message"] == "errMsg_invalidCredentials"


def test_an_unsigned_batch_is_refused(moto_parts):
    answer = call("ingest_punches")
    assert answer["statusCode"] == 401
    assert json.loads(answer["body"])["message"] == "errMsg_invalidToken"


def test_an_upload_of_a_terminal_that_nobody_knows_is_refused(moto_parts):
    answer = handle(sample("terminal_push"), CONTEXT)
    assert (answer["statusCode"], answer["body"]) == (403, "ERROR: unknown terminal")


def test_a_new_punch_becomes_a_record(moto_parts):
    company = Company(moto_parts)
    company.person()
    company.device()
    company.seat()
    put_image(moto_parts, PunchItem, "judge_attendance")
    call("judge_attendance")
    assert company.record().verdict.late_by_minutes == 4


def test_a_changed_record_becomes_events_and_history(moto_parts):
    put_image(moto_parts, SeatItem, "publish_events")
    bus = events_backends[DEFAULT_ACCOUNT_ID]["us-east-1"]
    bus.create_archive(
        name="all",
        source_arn=bus.describe_event_bus(moto_parts.settings.event_bus_name).arn,
        description="",
        event_pattern="{}",
        retention=0,
    )
    call("publish_events")
    published = [event["detail-type"] for event in bus.archives["all"].events]
    assert published == ["attendance.checkedIn", "attendance.late"]
    assert len(list(moto_parts.table.query_all("C#acme#U#ann", between=("H#", "H#~")))) == 1


@pytest.mark.parametrize("times", [1, 2])
def test_a_tick_visits_what_is_due(moto_parts, times):
    for _ in range(times):
        assert call("sweep_shifts") == {"seats": 0, "devicesSilent": 0}


def test_a_person_that_a_sibling_service_tells_of_is_there(moto_parts, monkeypatch):
    sqs = aws_client("sqs", "")
    for variable in ("DIRECTORY_QUEUE_URL", "DIRECTORY_DEAD_LETTER_URL"):
        monkeypatch.setenv(variable, sqs.create_queue(QueueName=variable)["QueueUrl"])
    own = Member(
        company_id="acme",
        collection="COMPANY",
        member_id="acme",
        body={"name": "Acme", "codename": "acme", "timezone": "UTC"},
        is_active=True,
        created_at=START,
        updated_at=START,
    )
    moto_parts.directory.transact([put_member(own)])
    assert call("project_directory") == {"batchItemFailures": []}
    assert moto_parts.directory.user(ACME, "ana").device_user_ids == ("5",)
