"""Companies that ask the API: one table a module, a company of its own for every test."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from attendance.bootstrap import Runtime, runtime
from tests.accounts import set_secrets
from tests.conftest import forget_connections
from tests.engine import aws_client, create_table
from tests.integration.attendance_api.world import World


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    """The service's parts on a fresh table of the local engine."""
    table_name = f"attendance-{uuid.uuid4().hex[:12]}"
    environment = {
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
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        set_secrets(engine_url, patch)
        create_table(aws_client("dynamodb", engine_url), table_name)
        aws_client("events", engine_url).create_event_bus(Name=f"bus-{table_name}")
        forget_connections()
        runtime.cache_clear()
        yield runtime()
        runtime.cache_clear()
        forget_connections()


@pytest.fixture
def world(parts: Runtime) -> World:
    """A company with the manager mia and the employee ana (device numbers 5 and 55)."""
    return World(parts)


@pytest.fixture
def rival(parts: Runtime) -> World:
    """Another company with the same people."""
    return World(parts)


@pytest.fixture(name="now")
def _now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def shift_of_now(world: World, now: datetime) -> str:
    """A shift that ana and mia are on, an hour or more after it began."""
    starts = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    world.shift("day", starts)
    for user_id in ("ana", "mia"):
        world.seat(user_id, "day", starts.date(), f"{starts:%H:%M}")
    return "day"
