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
    ("change", "word", "path"),
    [
        ({"timezone": "Mars/Olympus"}, "invalidTimezone", "timezone"),
        ({"events": [{"do": "dance"}]}, "invalidDo", "events[0]"),
        ({"policy": {"lateGraceMinutes": -1}}, "invalidLateGraceMinutes", "policy"),
        ({"shifts": "none"}, "invalidShifts", "shifts"),
    ],
)
def test_a_malformed_story_is_a_400_that_names_the_path(world, change, word, path):
    answer = world.post("mia", "/v1/policy/simulate", STORY | change)
    assert answer.status == 400
    assert path in answer.body["detail"]


def test_the_what_if_is_for_managers(world):
    answer = world.post("ana", "/v1/policy/simulate", STORY)
    assert (answer.status, answer.body["message"]) == (401, "errMsg_notAuthorized")
