"""Fixtures that every folder of tests may use."""

import uuid
from collections.abc import Iterator

import pytest

from tests.engine import aws_client, create_table, engine_url

__all__ = ["engine_url"]


@pytest.fixture
def aws_environment(engine_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment of a function whose AWS is the local engine; gives the table's name."""
    table_name = f"attendance-{uuid.uuid4().hex[:12]}"
    for name, value in {
        "AWS_ENDPOINT_URL": engine_url,
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
def parts(aws_environment: str, engine_url: str) -> Iterator["Runtime"]:
    """The service's own parts on a fresh table of the local engine."""
    create_table(aws_client("dynamodb", engine_url), aws_environment)
    aws_client("events", engine_url).create_event_bus(Name=f"bus-{aws_environment}")
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


from attendance.adapters.items.base import TableItem  # noqa: E402
from attendance.bootstrap import Runtime, runtime  # noqa: E402
