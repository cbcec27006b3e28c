"""A function that starts is ready: its first request makes no client and loads no route."""

from collections.abc import Iterator

import pytest

from attendance.bootstrap import Runtime
from tests.accounts import service
from tests.first_request import first_request


@pytest.fixture(scope="module", autouse=True)
def _service(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


def test_the_first_request_of_a_busy_route_makes_and_loads_nothing() -> None:
    told = first_request()

    assert told["status"] == 200
    assert (told["clients"], told["loaded"]) == ([], [])


def test_without_a_prepared_start_it_would() -> None:
    told = first_request("attendance_api.app")

    assert told["status"] == 200
    assert "attendance_api.routes.attendance_records" in told["loaded"]
    assert "dynamodb" in told["clients"]
