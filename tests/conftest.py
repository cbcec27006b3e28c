"""Fixtures that every folder of tests may use."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from attendance.adapters.items.base import TableItem
from attendance.bootstrap import Runtime, runtime
from tests.engine import _sdk_data_is_read_once, aws_client, create_table, engine_url
from tests.lanes import STACK_FOLDERS, Lanes
from tests.stack import stack, stack_environment

__all__ = ["_sdk_data_is_read_once", "engine_url", "stack", "stack_environment"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Lanes:
    """With several workers, one of them has all tests of the stack; files are never split."""
    return Lanes(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whoever uses the stack first waits for its start, and the last one for its stop."""
    for item in items:
        if item.get_closest_marker("stack") is None:
            continue
        if not item.nodeid.startswith(STACK_FOLDERS):
            raise pytest.UsageError(f"{item.nodeid} needs the stack: move it to {STACK_FOLDERS}")
        if not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(600))
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not item.nodeid.startswith(STACK_FOLDERS))


@pytest.fixture
def aws_environment(engine_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment of a function whose AWS is the local engine; gives the table's name."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", engine_url)
    return set_environment(monkeypatch)


def set_environment(monkeypatch: pytest.MonkeyPatch) -> str:
    """What the template sets for every function; gives the name of a fresh table."""
    table_name = f"attendance-{uuid.uuid4().hex[:12]}"
    for name, value in {
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "TABLE_NAME": table_name,
        "EVENT_BUS_NAME": f"bus-{table_name}",
        "STAGE": "test",
        "APP_VERSION": "0.0.0-test",
        "POWERTOOLS_SERVICE_NAME": "attendance",
        "POWERTOOLS_METRICS_NAMESPACE": "Attendance",
        "POWERTOOLS_DEV": "false",
    }.items():
        monkeypatch.setenv(name, value)
    return table_name


@pytest.fixture
def parts(aws_environment: str, engine_url: str) -> Iterator[Runtime]:
    """The service's own parts on a fresh table of the local engine."""
    yield from parts_on(aws_environment, engine_url)


@pytest.fixture
def moto_parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Runtime]:
    """The service's own parts on moto, which has everything but PartiQL inserts."""
    table_name = set_environment(monkeypatch)
    with mock_aws():
        yield from parts_on(table_name, "")


def parts_on(table_name: str, url: str) -> Iterator[Runtime]:
    """Parts on a fresh table and bus of the AWS at `url`, or of moto."""
    create_table(aws_client("dynamodb", url), table_name)
    aws_client("events", url).create_event_bus(Name=f"bus-{table_name}")
    forget_connections()
    runtime.cache_clear()
    yield runtime()
    runtime.cache_clear()
    forget_connections()


def forget_connections() -> None:
    """PynamoDB keeps one connection a model class; a new endpoint needs new ones."""
    pending = [TableItem]
    while pending:
        model = pending.pop()
        model._connection = None
        pending += model.__subclasses__()
