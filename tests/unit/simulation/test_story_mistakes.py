"""A malformed story is told apart by the path of its mistake."""

from copy import deepcopy
from typing import Any

import pytest

from attendance.simulation import StoryError, simulate
from tests.unit.domain.tale import shift

STORY: dict[str, Any] = {
    "timezone": "UTC",
    "shifts": [shift("s1")],
    "events": [
        {"do": "punch", "timestamp": "2026-03-06T09:00:00", "device": "gate", "user_id": "5"},
        {"do": "checkOut", "at": "2026-03-06T17:00:00Z", "shiftId": "s1", "by": "employee"},
    ],
}


def mistake(story: object) -> str:
    with pytest.raises(StoryError) as caught:
        simulate(story)
    assert caught.value.expected
    return caught.value.path


def test_the_story_itself_is_sound() -> None:
    assert simulate(STORY)["outcomes"] == ["applied", "ok"]


@pytest.mark.parametrize("story", [None, [], "story", 5])
def test_a_story_is_an_object(story: object) -> None:
    assert mistake(story) == "story"


@pytest.mark.parametrize("name", ["timezone", "shifts", "events"])
def test_what_may_not_be_left_out_is_named(name: str) -> None:
    story = {key: value for key, value in STORY.items() if key != name}
    assert mistake(story) == name


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": None}, "timezone"),
        ({"policy": []}, "policy"),
        ({"policy": {"lateGraceMinutes": "5"}}, "policy.lateGraceMinutes"),
        ({"policy": {"windowBeforeMinutes": 1300}}, "policy.windowBeforeMinutes"),
        ({"policy": {"punchCodeMap": {"0": "up"}}}, "policy.punchCodeMap.0"),
        ({"person": {"active": "yes"}}, "person.active"),
        ({"person": {"deviceUserIds": [5]}}, "person.deviceUserIds[0]"),
        ({"person": {"employedFrom": "yesterday"}}, "person.employedFrom"),
        ({"person": {"leave": [["2026-03-06T10:00:00"]]}}, "person.leave[0][1]"),
        ({"person": {"leave": [["2026-03-06", "2026-03-07"]]}}, "person.leave[0][0]"),
        ({"person": {"leave": [[5, 6]]}}, "person.leave[0][0]"),
        ({"person": {"leave": [["2026-03-06T12:00", "2026-03-06T10:00"]]}}, "person.leave[0]"),
        (
            {"person": {"employedFrom": "2026-03-06", "employedTo": "2026-03-05"}},
            "person.employedTo",
        ),
        ({"holidays": ["2026-02-30"]}, "holidays[0]"),
        ({"holidays": [20260306]}, "holidays[0]"),
        ({"devices": {"gate": {"timezone": "x"}}}, "devices.gate.timezone"),
        ({"devices": {"main gate": {"direction": "up"}}}, "devices.main gate.direction"),
        ({"shifts": {}}, "shifts"),
        ({"shifts": [{}]}, "shifts[0].shiftId"),
        ({"shifts": [shift("s1", start="9:00")]}, "shifts[0].startTime"),
        ({"shifts": [shift("s1", end=17)]}, "shifts[0].endTime"),
        ({"shifts": [shift("s1", day="2026-3-6")]}, "shifts[0].shiftDate"),
        ({"shifts": [shift("s1", timezone="x")]}, "shifts[0].timezone"),
        ({"shifts": [shift("s1", assigned=1)]}, "shifts[0].assigned"),
        ({"shifts": [shift("s1", "09:00", "09:00")]}, "shifts[0].endTime"),
        ({"shifts": [shift("s1", "00:00", "18:00")]}, "shifts[0].endTime"),
        ({"shifts": [shift("s1", day="9999-12-30")]}, "shifts[0].shiftDate"),
        ({"shifts": [shift("s1", day="0001-01-01")]}, "shifts[0].shiftDate"),
        ({"shifts": [shift("s1"), shift("s1", "18:00", "20:00")]}, "shifts[1].shiftId"),
        ({"shifts": [shift("s1"), shift("s2", "16:59", "20:00")]}, "shifts[1]"),
        ({"events": None}, "events"),
        ({"events": [{"do": "sweep", "at": "2026-03-06T09:00:00Z"}] * 1001}, "events"),
    ],
)
def test_a_mistake_in_the_setting_is_named(changed: dict[str, Any], path: str) -> None:
    assert mistake(STORY | changed) == path


@pytest.mark.parametrize(
    ("event", "path"),
    [
        (None, "events[2]"),
        ({}, "events[2].do"),
        ({"do": "dance"}, "events[2].do"),
        ({"do": "punch"}, "events[2].timestamp"),
        ({"do": "punch", "timestamp": 5}, "events[2].timestamp"),
        ({"do": "punch", "timestamp": "x", "user_id": 5}, "events[2].user_id"),
        ({"do": "punch", "timestamp": "x", "punch": "up"}, "events[2].punch"),
        ({"do": "punch", "timestamp": "x", "punch": True}, "events[2].punch"),
        (
            {"do": "punch", "timestamp": "x", "receivedAt": "2026-03-06T09:00:00"},
            "events[2].receivedAt",
        ),
        ({"do": "checkIn", "shiftId": "s1"}, "events[2].at"),
        ({"do": "checkIn", "at": "2026-03-06T09:00:00", "shiftId": "s1"}, "events[2].at"),
        ({"do": "checkIn", "at": 5, "shiftId": "s1"}, "events[2].at"),
        ({"do": "checkIn", "at": "2026-03-06T09:00:00Z"}, "events[2].shiftId"),
        (
            {"do": "checkIn", "at": "2026-03-06T09:00:00Z", "shiftId": "s1", "by": "cat"},
            "events[2].by",
        ),
        ({"do": "sweep"}, "events[2].at"),
        ({"do": "setPolicy"}, "events[2].set"),
        ({"do": "setPolicy", "set": {"openStatus": "no"}}, "events[2].set.openStatus"),
        ({"do": "setPolicy", "set": {"windowAfterMinutes": 900}}, "events[2].set"),
        ({"do": "addShift", "shift": {"shiftId": "s2"}}, "events[2].shift.shiftDate"),
        ({"do": "addShift", "shift": shift("s1", "18:00", "20:00")}, "events[2].shift.shiftId"),
        ({"do": "editShift", "shiftId": "s9", "set": {}}, "events[2].shiftId"),
        ({"do": "editShift", "shiftId": "s1", "set": {"endTime": "x"}}, "events[2].set.endTime"),
        ({"do": "assign", "shiftId": "s9"}, "events[2].shiftId"),
        ({"do": "mapNumber"}, "events[2].user_id"),
    ],
)
def test_a_mistake_in_an_event_is_named(event: object, path: str) -> None:
    story = deepcopy(STORY)
    story["events"].append(event)
    assert mistake(story) == path


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"set": {"checkInTime": "09:00"}}, "events[2].set.checkInTime"),
        ({"set": {"status": "there"}}, "events[2].set.status"),
        ({"recordVersion": "old"}, "events[2].recordVersion"),
    ],
)
def test_a_mistake_in_a_correction_is_named(given: dict[str, Any], path: str) -> None:
    story = deepcopy(STORY)
    event = {"do": "correct", "at": "2026-03-06T18:00:00Z", "shiftId": "s1", "reason": "x"}
    story["events"].append(event | given)
    assert mistake(story) == path


def test_what_no_page_names_is_ignored() -> None:
    assert simulate(STORY | {"colour": "blue"})["outcomes"] == ["applied", "ok"]
