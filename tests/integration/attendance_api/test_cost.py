"""How many calls to DynamoDB each route makes, once sessions and facts are in memory."""

import uuid
from datetime import timedelta

import pytest

from tests.integration.attendance_api.office import Office
from tests.integration.attendance_api.world import World
from tests.table_calls import item_size, list_entry, table_calls, write_units

UNITS_FOR_25_ROWS = 2


@pytest.fixture
def office(world, now) -> Office:
    return Office(world, now)


def test_a_check_in_on_time(office):
    shift_id = office.shift()
    with table_calls() as calls:
        record = office.check_in(shift_id)
    assert record["status"] == "present"
    assert calls == ["UpdateItem"]


def test_a_late_check_in(office):
    shift_id = office.shift(-timedelta(minutes=30))
    with table_calls() as calls:
        record = office.check_in(shift_id)
    assert record["status"] == "late"
    assert calls == ["UpdateItem"]


@pytest.mark.parametrize("minutes", [10, -30])
def test_a_check_out_of_one_who_came_on_time_and_of_one_who_came_late(office, minutes):
    record = office.check_in(office.shift(timedelta(minutes=minutes)))
    with table_calls() as calls:
        answer = office.world.post("ana", "/v1/check-out", {"attendanceRecordId": record["id"]})
    assert answer.status == 200
    assert answer.body["attendanceRecord"]["status"] == "leftEarly"
    assert calls == ["UpdateItem"]


def test_a_check_out_under_a_policy_that_counts_hours_reads_the_record(office):
    office.world.member("POLICY", "000001", {"policy": {"workedTime": "pairs"}, "version": 1})
    record = office.check_in(office.shift())
    with table_calls() as calls:
        answer = office.world.post("ana", "/v1/check-out", {"attendanceRecordId": record["id"]})
    assert answer.status == 200
    assert calls == ["GetItem", "PutItem"]


def test_a_person_marked_absent(office):
    shift_id = office.shift()
    body = {"userId": "ana", "shiftId": shift_id, "absenceReason": "sick"}
    with table_calls() as calls:
        answer = office.world.post("mia", "/v1/mark-absent", body)
    assert answer.status == 200
    assert calls == ["UpdateItem"]


def test_one_record(office):
    record = office.check_in(office.shift())
    with table_calls() as calls:
        answer = office.world.get("ana", f"/v1/attendance-records/{record['id']}")
    assert answer.status == 200
    assert calls == ["GetItem"]


def test_write_units_with_short_ids(office):
    shift_id = office.shift()
    office.plan()
    empty = office.raw_seat(shift_id)
    assert "duePk" in empty
    record = office.check_in(shift_id)
    present = office.raw_seat(shift_id)
    office.world.post("ana", "/v1/check-out", {"attendanceRecordId": record["id"]})
    gone = office.raw_seat(shift_id)
    assert (write_units(empty, present), write_units(present, gone)) == (2, 2)


def test_write_units_with_uuids_everywhere(parts, now):
    company, user, shift, department = (str(uuid.uuid4()) for _ in range(4))
    office = Office(World(parts, company), now)
    world = office.world
    world.person(user)
    world.member("LOCATION", "Head office", {"location": "Head office", "timezone": "UTC"})
    starts = office.now + timedelta(minutes=10)
    body = {
        "shiftId": shift,
        "shiftDate": f"{starts:%Y-%m-%d}",
        "startTime": f"{starts:%H:%M}",
        "endTime": f"{starts + timedelta(hours=8):%H:%M}",
        "location": "Head office",
        "departmentId": department,
    }
    assert world.post("mia", "/v1/shifts", body).status == 201
    path = f"/v1/shifts/{shift}/assignments"
    assert world.post("mia", path, {"userIds": [user]}).status == 201
    office.plan(user)
    empty = office.raw_seat(shift, user)
    came = world.post(user, "/v1/check-in", {"shiftId": shift})
    present = office.raw_seat(shift, user)
    record_id = came.body["attendanceRecord"]["id"]
    assert world.post(user, "/v1/check-out", {"attendanceRecordId": record_id}).status == 200
    gone = office.raw_seat(shift, user)
    assert item_size(gone) <= 910
    read_for_a_page = 25 + 1
    assert read_for_a_page * item_size(list_entry(gone)) <= UNITS_FOR_25_ROWS * 2 * 4096
    assert (write_units(empty, present), write_units(present, gone)) == (2, 2)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["GetItem", "Query"]),
        ({"dateFrom": "2026-01-01"}, ["GetItem", "Query"]),
        ({"userId": "ana"}, ["GetItem", "Query"]),
        ({"shiftId": "the shift"}, ["GetItem", "GetItem", "GetItem", "Query"]),
        ({"userId": "ana", "caching": False}, ["Query"]),
        ({"status": "present"}, ["GetItem", "Query"]),
    ],
)
def test_a_list_is_one_call_beside_those_for_the_counts(office, query, expected):
    shift_id = office.shift()
    office.check_in(shift_id)
    wanted = {name: shift_id if value == "the shift" else value for name, value in query.items()}
    with table_calls() as calls:
        answer = office.world.get("mia", "/v1/attendance-records", **wanted)
    assert answer.body["paging"]["totalRowCount"] == (1 if "userId" in query else 2)
    assert calls == expected
