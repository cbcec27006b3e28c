"""`POST /v1/policy/simulate` (simulate.md)."""

import pytest

from attendance_api.openapi.body_examples import BODY_EXAMPLES

STORY = BODY_EXAMPLES["post", "/v1/policy/simulate"]


def test_a_story_is_judged_and_nothing_is_stored(world):
    answer = world.post("mia", "/v1/policy/simulate", STORY)
    assert (answer.status, answer.body["dataName"]) == (200, "simulation")
    simulation = answer.body["simulation"]
    assert simulation["outcomes"] == ["applied"]
    assert simulation["records"][0]["status"] == "late"
    assert simulation["records"][0]["lateByMinutes"] == 6
    assert world.get("mia", "/v1/attendance-records").body["attendanceRecords"] == []


@pytest.mark.parametrize(
    ("change", "word", "detail"),
    [
        ({"timezone": "Mars/Olympus"}, "invalidTimezone", "timezone: expected an IANA zone, such"),
        ({"events": [{"do": "dance"}]}, "invalidEventsDo", "events[0].do: expected one of punch,"),
        ({"shifts": [{}]}, "invalidShiftsShiftId", "shifts[0].shiftId: expected a value; it is "),
        (
            {"policy": {"lateGraceMinutes": -1}},
            "invalidPolicyLateGraceMinutes",
            "policy.lateGraceMinutes: expected a whole number from 0 to 1440 or null.",
        ),
        ({"shifts": "none"}, "invalidShifts", "shifts: expected a valid list."),
    ],
)
def test_a_malformed_story_is_a_400_that_names_the_path(world, change, word, detail):
    answer = world.post("mia", "/v1/policy/simulate", STORY | change)
    assert (answer.status, answer.body["message"]) == (400, f"errMsg_{word}")
    assert answer.body["detail"].startswith(detail)
    assert "Value error" not in answer.body["detail"]


def test_the_what_if_is_for_managers(world):
    answer = world.post("ana", "/v1/policy/simulate", STORY)
    assert (answer.status, answer.body["message"]) == (401, "errMsg_notAuthorized")
