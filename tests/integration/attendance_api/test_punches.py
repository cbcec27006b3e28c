"""`GET /attendance/all` and `GET /v1/punches`."""

import base64
import json

import pytest

ALL = "/attendance/all"


def times(answer) -> list[str]:
    assert answer.status == 200, answer.text
    return [row["timestamp"] for row in answer.body["data"]]


def places(answer) -> list[tuple[str, str, str]]:
    return [(r["timestamp"][-8:], r["device_id"], r["user_id"]) for r in answer.body["data"]]


def test_the_answer_has_the_documents_keys_without_an_envelope(world):
    world.device("gate", "Front Gate", ok=True, watermark="2026-03-06T09:20:00.000Z")
    world.punch("2026-03-06 09:15:23")
    assert world.get("mia", ALL).body == {
        "success": True,
        "total": 1,
        "errors": {},
        "data": [
            {
                "user_id": "5",
                "timestamp": "2026-03-06 09:15:23",
                "status": 1,
                "punch": 0,
                "device_id": "gate",
                "device_name": "Front Gate",
            }
        ],
        "completeness": {"gate": "2026-03-06T09:20:00.000Z"},
        "next": None,
    }


def test_a_failed_device_is_told_beside_the_others_rows(world):
    world.device("gate", "Gate", ok=True, watermark="2026-03-06T09:20:00.000Z")
    world.device("dock", "Dock", ok=False, error="timed out", watermark=None)
    world.device("new", "Never heard")
    world.punch("2026-03-06 09:15:23", "dock")
    answer = world.get("mia", ALL).body
    assert answer["errors"] == {"dock": "timed out"}
    assert answer["completeness"] == {
        "gate": "2026-03-06T09:20:00.000Z", "dock": None, "new": None,
    }  # fmt: skip
    assert answer["total"] == 1


def test_punches_are_newest_first_and_ties_go_by_device_then_number(world):
    for device_id, number in (("b", "9"), ("b", "10"), ("a", "7"), ("a", "#x")):
        world.punch("2026-03-06 09:00:00", device_id, number)
    world.punch("2026-03-06 10:00:00", "a", "1")
    world.punch("2026-03-05 23:59:59", "z", "1")
    assert places(world.get("mia", ALL)) == [
        ("10:00:00", "a", "1"),
        ("09:00:00", "a", "#x"),
        ("09:00:00", "a", "7"),
        ("09:00:00", "b", "10"),
        ("09:00:00", "b", "9"),
        ("23:59:59", "z", "1"),
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_walking_by_next_gives_every_punch_once_and_in_order(world, limit):
    for second in (1, 2, 2, 3):
        for device_id in ("a", "b", "c"):
            world.punch(f"2026-03-06 09:00:0{second}", device_id, "5", punch=second % 2)
    whole = world.get("mia", ALL).body["data"]
    assert len(whole) == 9
    seen, following = [], None
    while True:
        query = {"limit": limit} | ({"next": following} if following else {})
        page = world.get("mia", ALL, **query).body
        assert page["total"] == len(page["data"]) <= limit
        seen += page["data"]
        following = page["next"]
        if following is None:
            break
    assert seen == whole


def test_filters_are_exact_number_and_day(world):
    world.punch("2026-03-06 09:00:00", number="5")
    world.punch("2026-03-06 09:00:00", number="05")
    world.punch("2026-03-05 09:00:00", number="5")
    assert times(world.get("mia", ALL, user_id="5")) == [
        "2026-03-06 09:00:00",
        "2026-03-05 09:00:00",
    ]
    assert times(world.get("mia", ALL, date="2026-03-05")) == ["2026-03-05 09:00:00"]
    assert times(world.get("mia", ALL, user_id="5", date="2026-03-06")) == ["2026-03-06 09:00:00"]
    assert times(world.get("mia", ALL, user_id="404")) == []


def test_an_employee_sees_his_own_numbers_only(world):
    world.punch("2026-03-06 09:00:00", number="5")
    world.punch("2026-03-06 10:00:00", number="55")
    world.punch("2026-03-06 11:00:00", number="6")
    assert times(world.get("ana", ALL)) == ["2026-03-06 10:00:00", "2026-03-06 09:00:00"]
    assert times(world.get("ana", ALL, user_id="6")) == []
    assert times(world.get("ana", ALL, user_id="55")) == ["2026-03-06 10:00:00"]
    world.person("nil")
    assert times(world.get("nil", ALL)) == []


def test_another_companys_punches_are_not_there(world, rival):
    rival.punch("2026-03-06 09:00:00")
    rival.device("gate", "Gate", ok=False, error="down")
    answer = world.get("mia", ALL).body
    assert (answer["data"], answer["errors"], answer["completeness"]) == ([], {}, {})


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("date=06-03-2026", "Date"),
        ("date=2026-3-6", "Date"),
        ("date=2026-03", "Date"),
        ("limit=0", "Limit"),
        ("limit=10001", "Limit"),
        ("limit=many", "Limit"),
        ("next=made-up", "Next"),
        ("next=%23%23", "Next"),
        ("next=", "Next"),
    ],
)
def test_a_wrong_query_value_is_refused_by_name(world, query, word):
    answer = world.ask("mia", "GET", ALL, query=query)
    assert (answer.status, answer.body["message"]) == (400, f"errMsg_invalid{word}")


def test_a_next_of_another_question_is_refused(world, rival):
    for company in (world, rival):
        for minute in (1, 2, 3):
            company.punch(f"2026-03-06 09:0{minute}:00")
    ours = world.get("mia", ALL, limit=1).body["next"]
    told, *rest = json.loads(base64.urlsafe_b64decode(ours + "=="))
    forged = [told, "2026-03-06 09:59:59", *rest[1:]]
    edited = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    assert world.get("mia", ALL, limit=2, next=ours).status == 200
    for answer in (
        rival.get("mia", ALL, next=ours),
        world.get("mia", ALL, next=ours, date="2026-03-06"),
        world.get("ana", ALL, next=ours),
        world.get("mia", ALL, next=edited),
    ):
        assert (answer.status, answer.body["message"]) == (400, "errMsg_invalidNext")


def test_listed_punches_tell_what_became_of_them(world):
    world.device("gate", "Front Gate")
    taken = world.punch("2026-03-06 09:00:00")
    world.punch("2026-03-06 10:00:00", "dock", number="77")
    world.applied(taken, "ana", "day")
    answer = world.get("mia", "/v1/punches")
    assert answer.body["dataName"] == "punches"
    assert answer.body["paging"]["totalRowCount"] == 2
    stray, applied = answer.body["punches"]
    assert (stray["matched"], stray["outcome"], stray["device_name"]) == (False, None, "dock")
    assert (applied["matched"], applied["outcome"]) == (True, "applied")
    assert (applied["userId"], applied["shiftId"]) == ("ana", "day")
    assert applied["device_name"] == "Front Gate"


def test_listed_punches_filter_and_page_exactly(world):
    taken = world.punch("2026-03-06 09:00:00")
    world.applied(taken, "ana", "day")
    world.punch("2026-03-06 10:00:00", "dock", number="77")
    world.punch("2026-03-05 10:00:00", "dock", number="55")
    expected = {
        "": 3, "matched=TRUE": 1, "matched=0": 2, "deviceId=dock": 2, "userId=ana": 2,
        "userId=nobody": 0, "date=2026-03-06": 2, "matched=false&deviceId=dock&date=2026-03-05": 1,
        "pageNumber=2&pageRowCount=2": 3,
    }  # fmt: skip
    found = {
        query: world.ask("mia", "GET", "/v1/punches", query=query).body["paging"]["totalRowCount"]
        for query in expected
    }
    assert found == expected
    last = world.get("mia", "/v1/punches", pageNumber=2, pageRowCount=2).body["punches"]
    assert [row["timestamp"] for row in last] == ["2026-03-05 10:00:00"]
    assert world.get("mia", "/v1/punches", matched="maybe").status == 400


def test_an_employee_lists_his_own_punches_only(world):
    world.punch("2026-03-06 09:00:00", number="5")
    world.punch("2026-03-06 09:00:00", number="6")
    rows = world.get("ana", "/v1/punches").body["punches"]
    assert [row["user_id"] for row in rows] == ["5"]
    assert world.get("ana", "/v1/punches", userId="mia").body["punches"] == []
