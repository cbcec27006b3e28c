"""A function that starts is ready: its first request makes no client and loads no route."""

import json
from collections.abc import Iterator

import pytest

from attendance.bootstrap import Runtime
from attendance.inputs.account import LogIn
from tests.accounts import service
from tests.first_request import REQUESTS, first_request


@pytest.fixture(scope="module", autouse=True)
def _service(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


def test_the_first_request_of_a_busy_route_makes_and_loads_nothing() -> None:
    told = first_request()

    assert told["status"] == 200
    assert (told["clients"], told["loaded"]) == ([], [])


def test_a_request_logs_one_short_line_and_no_metric() -> None:
    lines = first_request()["log"].splitlines()

    assert len(lines) == REQUESTS
    assert all(len(line.encode()) <= 1024 for line in lines)
    assert all(json.loads(line)["message"] == "request" for line in lines)
    assert not any("_aws" in json.loads(line) for line in lines)  # where metrics would be


def test_what_a_library_may_log_of_a_body_names_its_fields_alone() -> None:
    body = LogIn.model_validate({"email": "ana@acme.example", "password": "a-secret-of-hers"})

    assert "password" in repr(body)
    assert "secret" not in repr(body)


def test_without_a_prepared_start_it_would() -> None:
    told = first_request("attendance_api.app")

    assert told["status"] == 200
    assert "attendance_api.routes.attendance_records" in told["loaded"]
    assert "dynamodb" in told["clients"]
