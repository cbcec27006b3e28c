"""A company of its own for every test, with an admin, a manager and an employee."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from attendance.bootstrap import Runtime
from attendance.services.company_facts import load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.settle_verdict import Occasion
from publish_events.app import lambda_handler as publish_changes
from tests.accounts import service
from tests.integration.attendance_api.world import World
from tests.integration.judging.conftest import Company


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


@pytest.fixture
def publish(world: World) -> Callable[[], None]:
    """Gives the stream what changed since the last call: history and events follow."""
    table = Company(world.parts)

    def run() -> None:
        publish_changes({"Records": table.changes()}, SimpleNamespace(aws_request_id="r"))

    return run


@pytest.fixture
def judge(world: World) -> Callable[[str], None]:
    """Judges a person's days around now, as the stream has it done after a change."""

    def run(user_id: str) -> None:
        now = datetime.now(UTC)
        judge_person(
            world.parts,
            load_company_facts(world.parts.directory, world.company),
            Scope(
                user_id=user_id,
                first=now.date() - timedelta(days=2),
                last=now.date() + timedelta(days=1),
            ),
            Occasion(actor="directory", request_id="stream", now=now),
        )

    return run
