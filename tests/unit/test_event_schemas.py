"""The schemas in `events/schemas/` are sound, and refuse what is not an event."""

import copy

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.event_schemas import DETAIL_TYPES, LOADED, check_event

RECORD = {
    "id": "r", "userId": "ann", "shiftId": "day", "checkInTime": "2026-03-06T09:00:00.000Z",
    "checkOutTime": None, "status": "present", "status_idx": 1, "lateByMinutes": 0,
    "absenceReason": None, "managerNote": None, "companyId": "acme", "isActive": True,
    "recordVersion": 1, "createdAt": "2026-03-06T09:00:01.000Z",
    "updatedAt": "2026-03-06T09:00:01.000Z", "_owner": "ann",
    "details": {
        "open": True, "workedMinutes": 0, "overtimeMinutes": 0, "earlyLeaveMinutes": 0,
        "halfDay": False, "flags": [], "awaitingDevice": None, "timezone": "UTC",
    },
}  # fmt: skip
EVENT = {
    "detail-type": "attendance.checkedIn",
    "detail": {
        "metadata": {
            "eventId": "0" * 32, "eventVersion": "1", "occurredAt": "2026-03-06T09:00:01.000Z",
            "requestId": "r", "companyId": "acme", "actor": "device:gate",
        },
        "data": {"record": RECORD, "previous": None},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(LOADED))
def test_each_schema_is_a_schema(name):
    Draft202012Validator.check_schema(LOADED[name])
    assert LOADED[name]["$id"] == name


def test_every_detail_type_that_is_published_has_a_schema():
    published = {
        "attendance.checkedIn", "attendance.checkedOut", "attendance.markedAbsent",
        "attendance.corrected", "attendance.late", "attendance.leftEarly",
        "attendance.missedCheckOut", "attendance.recomputed", "punch.unmatched",
        "device.offline", "device.online", "device.clockDrift", "device.dayClosed",
    }  # fmt: skip
    assert published <= set(DETAIL_TYPES)


def test_a_sound_event_passes():
    check_event(EVENT)
    assert set(RECORD) == set(LOADED["record.json"]["required"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("metadata", "eventId"), "x"),
        (("metadata", "actor"), "nobody"),
        (("data", "record", "status"), "ill"),
        (("data", "record", "recordVersion"), 0),
        (("data", "record", "details", "flags"), ["unheardOf"]),
        (("data", "more"), 1),
    ],
)
def test_a_broken_event_is_refused(path, value):
    event = copy.deepcopy(EVENT)
    place = event["detail"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        check_event(event)
