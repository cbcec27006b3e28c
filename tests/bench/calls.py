"""How many calls to the table the hot routes make, in memory of everything that may be."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from moto import mock_aws

from tests.accounts import set_secrets
from tests.bench.figure import Figure
from tests.conftest import parts_on, set_environment
from tests.integration.attendance_api.office import Office
from tests.integration.attendance_api.world import World
from tests.table_calls import table_calls, write_units


def measure() -> Iterator[Figure]:
    """Calls of each route, and write units with short ids."""
    with _office() as office:
        on_time = office.shift()
        yield from _actions(office, on_time)
        office.unseat(on_time)
        late = office.shift(-timedelta(minutes=30))
        calls = _calls(lambda: office.check_in(late))
        yield Figure(name="late check-in", value=calls, unit="calls", at_most=2)
        office.unseat(late)
        body = {"userId": "ana", "shiftId": office.shift()}
        calls = _calls(lambda: office.world.post("mia", "/v1/mark-absent", body))
        yield Figure(name="mark-absent", value=calls, unit="calls", at_most=1)


def _actions(office: Office, shift_id: str) -> Iterator[Figure]:
    made: list[dict[str, Any]] = []
    office.plan()
    empty = office.raw_seat(shift_id)
    calls = _calls(lambda: made.append(office.check_in(shift_id)))
    yield Figure(name="check-in on time", value=calls, unit="calls", at_most=1)
    present = office.raw_seat(shift_id)
    units = write_units(empty, present)
    yield Figure(name="check-in, short ids", value=units, unit="write units", at_most=2)
    record_id = made[0]["id"]
    path = f"/v1/attendance-records/{record_id}"
    yield Figure(
        name="get a record",
        value=_calls(lambda: office.world.get("ana", path)),
        unit="calls",
        at_most=1,
    )
    body = {"attendanceRecordId": record_id}
    calls = _calls(lambda: office.world.post("ana", "/v1/check-out", body))
    yield Figure(name="check-out", value=calls, unit="calls", at_most=1)
    units = write_units(present, office.raw_seat(shift_id))
    yield Figure(name="check-out, short ids", value=units, unit="write units", at_most=2)


def _calls(work: Callable[[], Any]) -> int:
    with table_calls() as calls:
        work()
    return len(calls)


@contextmanager
def _office() -> Iterator[Office]:
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        table_name = set_environment(patch)
        patch.setenv("POWERTOOLS_LOG_LEVEL", "WARNING")
        set_secrets("", patch)
        for parts in parts_on(table_name, ""):
            yield Office(World(parts), datetime.now(UTC))
