"""How many calls to DynamoDB each route makes, once sessions and facts are in memory."""

import uuid
from datetime import datetime, timedelta

import pytest

from attendance.times import to_iso
from tests.integration.attendance_api.world import World
from tests.table_calls import table_calls


class Office:
    """A company whose shifts are made and staffed through the API, as clients do."""

    def __init__(self, world: World, now: datetime) -> None:
        self.world = world
        self.now = now.replace(second=0, microsecond=0)

    def shift(self, starts_in: timedelta = timedelta(minutes=10)) -> str:
        """A shift of two hours that ana and mia are on; a shift before it warmed the memory."""
        starts = self.now + starts_in
        ends = starts + timedelta(hours=2)
        shift_id = f"s-{uuid.uuid4().hex[:8]}"
        body = {
            "shiftId": shift_id,
            "shiftDate": f"{starts:%Y-%m-%d}",
            "startTime": f"{starts:%H:%M}",
            "endTime": f"{ends:%H:%M}",
        }
        made = self.world.post("mia", "/v1/shifts", body)
        assert made.status == 201, made.text
        path = f"/v1/shifts/{shift_id}/assignments"
        assert self.world.post("mia", path, {"userIds": ["ana", "mia"]}).status == 201
        self._remember(shift_id)
        return shift_id

    def _remember(self, shift_id: str) -> None:
        """Mia's check-in leaves sessions, grants, facts and the shift in this process's memory."""
        for who in ("mia", "ana"):
            self.world.get(who, "/v1/attendance-records/nothing")
        body = {"shiftId": shift_id, "checkInTime": to_iso(self.now)}
        assert self.world.post("mia", "/v1/check-in", body).status == 201

    def check_in(self, shift_id: str) -> dict:
        answer = self.world.post("ana", "/v1/check-in", {"shiftId": shift_id})
        assert answer.status == 201, answer.text
        return answer.body["attendanceRecord"]


@pytest.fixture
def office(world, now) -> Office:
    return Office(world, now)


def test_a_check_in_on_time(office):
    shift_id = office.shift()
    with table_calls() as calls:
        record = office.check_in(shift_id)
    assert record["status"] == "present"
    assert len(calls) == 13, calls


def test_a_late_check_in(office):
    shift_id = office.shift(-timedelta(minutes=30))
    with table_calls() as calls:
        record = office.check_in(shift_id)
    assert record["status"] == "late"
    assert len(calls) == 13, calls


def test_a_check_out(office):
    record = office.check_in(office.shift())
    with table_calls() as calls:
        answer = office.world.post("ana", "/v1/check-out", {"attendanceRecordId": record["id"]})
    assert answer.status == 200
    assert len(calls) == 12, calls


def test_a_person_marked_absent(office):
    shift_id = office.shift()
    body = {"userId": "ana", "shiftId": shift_id, "absenceReason": "sick"}
    with table_calls() as calls:
        answer = office.world.post("mia", "/v1/mark-absent", body)
    assert answer.status == 200
    assert len(calls) == 13, calls


def test_one_record(office):
    record = office.check_in(office.shift())
    with table_calls() as calls:
        answer = office.world.get("ana", f"/v1/attendance-records/{record['id']}")
    assert answer.status == 200
    assert calls == ["GetItem"]
