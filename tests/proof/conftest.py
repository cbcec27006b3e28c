"""The service with a wire that can fail, and the people who use it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from attendance.bootstrap import Runtime
from tests.accounts import service
from tests.integration.attendance_api.office import Office
from tests.integration.attendance_api.world import World
from tests.proof.lossy_wire import LossyWire, lossy_wire


@pytest.fixture(scope="module")
def wire(engine_url: str) -> Iterator[LossyWire]:
    """What stands between the service and the engine; fine until a test says otherwise."""
    with lossy_wire(engine_url) as wire:
        yield wire


@pytest.fixture(scope="module")
def wired_parts(wire: LossyWire) -> Iterator[Runtime]:
    """The service's parts behind the wire."""
    yield from service(wire.url)


@pytest.fixture
def office(wired_parts: Runtime) -> Office:
    """A company on the service behind the wire."""
    return Office(World(wired_parts), datetime.now(UTC))
