"""A company of its own for every test, with an admin, a manager and an employee."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from attendance.bootstrap import Runtime
from tests.accounts import service
from tests.integration.attendance_api.world import World


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    """The service's parts on a fresh table of the local engine."""
    yield from service(engine_url)


def company(parts: Runtime) -> World:
    """A company with the tenantAdmin olga, the manager mia, and the employees ana and ben."""
    made = World(parts)
    made.person("olga", role="tenantAdmin")
    made.person("ben")
    return made


@pytest.fixture
def world(parts: Runtime) -> World:
    """The company of the test."""
    return company(parts)


@pytest.fixture
def rival(parts: Runtime) -> World:
    """Another company, with people of the same ids."""
    return company(parts)


@pytest.fixture
def shift_id(world: World) -> str:
    """A shift that began an hour or more ago, with ana, ben and mia on it."""
    starts = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    world.shift("day", starts)
    for user_id in ("ana", "ben", "mia"):
        world.seat(user_id, "day", starts.date(), f"{starts:%H:%M}")
    return "day"
