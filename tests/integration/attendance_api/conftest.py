"""Companies that ask the API: one table a module, a company of its own for every test."""

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
