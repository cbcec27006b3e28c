"""Requests made up from the document: whatever comes, the answer is one that it describes."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from attendance_api.app import lambda_handler
from attendance_api.openapi.document import openapi_document
from tests.http_events import CONTEXT, http_event
from tests.integration.attendance_api.world import World

ROUTES = [
    ("GET", "/v1/attendance-records"),
    ("GET", "/v1/attendance-records/{attendanceRecordId}"),
    ("POST", "/v1/check-in"),
    ("POST", "/v1/check-out"),
    ("POST", "/v1/mark-absent"),
    ("GET", "/attendance/all"),
    ("GET", "/v1/punches"),
]


@pytest.fixture(scope="module")
def world(parts) -> World:
    made = World(parts)
    made.record("ana")
    made.punch("2026-03-06 09:00:00")
    made.device("gate", "Gate")
    return made


def text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def send(world, case) -> tuple[int, Any]:
    query = [
        (name, text(item))
        for name, value in (case.query or {}).items()
        for item in (value if isinstance(value, list) else [value])
        if name != "access_token"
    ]
    body = None if isinstance(case.body, schemathesis.core.NotSet) else case.body
    raw_body = body.decode("latin-1") if isinstance(body, bytes) else None
    event = http_event(
        case.method,
        case.formatted_path,
        None if raw_body else body,
        raw_body=raw_body,
        query=urlencode(query, errors="replace"),
        headers={"authorization": f"Bearer {world.token('mia')}"},
    )
    answer = lambda_handler(event, CONTEXT)
    return int(answer["statusCode"]), json.loads(answer["body"])


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_any_request_gets_an_answer_of_the_document(world, method, path):
    document = openapi_document("0.0.0-test")
    operation = schemathesis.openapi.from_dict(document)[path][method]
    described = document["paths"][path][method.lower()]["responses"]
    cases = st.one_of(
        operation.as_strategy(),
        operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE),
    )

    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def check(case) -> None:
        status, body = send(world, case)
        assert status < 500, body
        told = described[str(status)]
        if "$ref" in told:
            told = document["components"]["responses"][told["$ref"].rpartition("/")[2]]
        schema = told["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": document["components"]})
        assert [e.message for e in validator.iter_errors(body)] == []

    check()
