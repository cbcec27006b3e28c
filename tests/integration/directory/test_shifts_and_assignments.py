"""Shifts, and who sits on them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from attendance.errors import ConflictError
from attendance.identity import CompanyId
from attendance.model.session import Session
from attendance.record_id import RecordKey
from attendance.services.assign_people import assign_people
from attendance.services.collections.shelf import Caller
from attendance_api.app import lambda_handler as api
from tests.accounts import log_in, own_company
from tests.http_events import ask

DAY = "2026-03-06"


def shift_body(shift_id="s1", **changes):
    return {
        "shiftId": shift_id,
        "shiftDate": DAY,
        "startTime": "09:00",
        "endTime": "17:00",
        "location": "Plant 1",
        "departmentId": "d1",
        **changes,
    }


class Plant:
    """A company with people, asked through the routes."""

    def __init__(self, parts, people=("ana", "ben")):
        self.parts = parts
        self.company = own_company()
        self.token = self.company.token
        for user_id in people:
            body = {
                "userId": user_id,
                "email": f"{user_id}@acme.example",
                "fullname": user_id.title(),
                "roleId": "employee",
            }
            assert self.ask("POST", "/v1/users", body=body).status == 201

    def log_in(self, user_id):
        path, body = f"/v1/users/{user_id}", {"password": "a-long-enough-password"}
        assert self.ask("PATCH", path, body=body).status == 200
        email, named = f"{user_id}@acme.example", {"companyId": self.company.company_id}
        return log_in(email, body["password"], **named)

    def ask(self, method, path, **options):
        return ask(api, method, path, **({"token": self.token} | options))

    def shift(self, shift_id="s1", **changes):
        answer = self.ask("POST", "/v1/shifts", body=shift_body(shift_id, **changes))
        assert answer.status == 201, answer.text
        return answer.body["shift"]

    def assign(self, shift_id, *user_ids, method="POST"):
        body = {"userIds": list(user_ids)}
        return self.ask(method, f"/v1/shifts/{shift_id}/assignments", body=body)

    def people(self, shift_id):
        rows = self.ask("GET", f"/v1/shifts/{shift_id}/assignments").body["assignments"]
        return [row["userId"] for row in rows]

    def seat(self, user_id, shift_id="s1", day=DAY):
        key = RecordKey(user_id=user_id, shift_date=date.fromisoformat(day), shift_id=shift_id)
        return self.parts.seats.get(CompanyId(self.company.company_id), key)


@pytest.fixture
def plant(parts):
    return Plant(parts)


def test_a_shift_is_made_read_changed_and_removed(plant):
    made = plant.shift()
    assert (made["id"], made["shiftId"]) == ("s1", "s1")
    assert plant.ask("GET", "/v1/shifts/s1").body["shift"] == made
    changed = plant.ask("PATCH", "/v1/shifts/s1", body={"endTime": "16:00", "location": None})
    assert changed.body["shift"]["endTime"] == "16:00"
    assert changed.body["shift"]["location"] is None
    assert plant.ask("POST", "/v1/shifts", body=shift_body()).body["message"] == "errMsg_idTaken"
    assert plant.ask("DELETE", "/v1/shifts/s1").status == 200
    assert plant.ask("GET", "/v1/shifts/s1").status == 404


def test_shifts_are_listed_by_day_newest_first(plant):
    for day in ("2026-03-05", "2026-03-07", "2026-03-06"):
        plant.shift(f"s-{day}", shiftDate=day)
    everything = plant.ask("GET", "/v1/shifts").body["shifts"]
    assert [s["shiftDate"] for s in everything] == ["2026-03-07", "2026-03-06", "2026-03-05"]
    query = {"dateFrom": "2026-03-06", "dateTo": "2026-03-07"}
    some = plant.ask("GET", "/v1/shifts", query=query).body
    assert some["paging"]["totalRowCount"] == 2
    assert some["filters"] == [
        {"name": "dateFrom", "values": ["2026-03-06"]},
        {"name": "dateTo", "values": ["2026-03-07"]},
    ]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"startTime": "25:00"}, "errMsg_invalidStartTime"),
        ({"endTime": "09:00"}, "errMsg_invalidShift"),
        ({"shiftDate": "6 March"}, "errMsg_invalidShiftDate"),
        ({"timezone": "Mars/One"}, "errMsg_invalidTimezone"),
        ({"shiftId": "a b"}, "errMsg_invalidShiftId"),
    ],
)
def test_times_that_are_no_shift_are_refused(plant, change, word):
    answer = plant.ask("POST", "/v1/shifts", body=shift_body() | change)
    assert (answer.status, answer.body["message"]) == (400, word)


def test_an_assignment_is_a_seat_with_the_facts_of_shift_and_person(plant):
    plant.ask("POST", "/v1/locations", body={"location": "Plant 1", "timezone": "America/Lima"})
    plant.shift(startTime="22:00", endTime="06:00")
    answer = plant.assign("s1", "ana", "ben")
    assert answer.status == 201
    assert answer.body["assignments"] == [
        {"userId": "ana", "shiftId": "s1"},
        {"userId": "ben", "shiftId": "s1"},
    ]
    seat = plant.seat("ana")
    assert seat.shift.timezone == "America/Lima"
    assert seat.shift.starts_at.isoformat() == "2026-03-07T03:00:00+00:00"
    assert seat.shift.ends_at.isoformat() == "2026-03-07T11:00:00+00:00"
    assert (seat.user.fullname, seat.assigned) == ("Ana", True)
    assert plant.people("s1") == ["ana", "ben"]


def test_assigning_is_all_or_nothing(plant):
    plant.shift()
    answer = plant.assign("s1", "ana", "nobody")
    assert (answer.status, answer.body["message"]) == (404, "errMsg_userNotFound")
    assert plant.people("s1") == []
    assert plant.assign("unknown", "ana").body["message"] == "errMsg_notFound"
    assert plant.assign("s1", *[f"u{n}" for n in range(101)]).status == 400


def test_nobody_sits_on_two_shifts_at_once(plant):
    plant.shift("s1")
    plant.shift("late", startTime="16:59", endTime="22:00")
    plant.shift("next", startTime="17:00", endTime="22:00")
    plant.assign("s1", "ana")
    answer = plant.assign("late", "ben", "ana")
    assert (answer.status, answer.body["message"]) == (409, "errMsg_shiftOverlap")
    assert plant.people("late") == []
    assert plant.assign("next", "ana").status == 201
    moved = plant.ask("PATCH", "/v1/shifts/next", body={"startTime": "16:00"})
    assert moved.body["message"] == "errMsg_shiftOverlap"


def test_of_two_overlapping_assignments_at_once_one_is_refused(plant):
    plant.shift("s1")
    plant.shift("s2")
    company = CompanyId(plant.company.company_id)
    session = Session(
        session_id="s",
        user=plant.parts.directory.user(company, plant.company.owner_id),
        company=company,
        company_codename="acme",
        access_token=None,
        by_cookie=False,
        issued_at=plant.parts.now(),
    )

    def assign(shift_id):
        try:
            assign_people(Caller(parts=plant.parts, session=session), shift_id, ["ana"])
        except ConflictError as error:
            return error.word
        return "assigned"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(assign, ["s1", "s2"])) == ["assigned", "shiftOverlap"]


def test_put_replaces_and_delete_takes_away(plant):
    plant.shift()
    plant.assign("s1", "ana")
    assert plant.assign("s1", "ben", method="PUT").status == 200
    assert plant.people("s1") == ["ben"]
    assert plant.seat("ana").assigned is False
    path = "/v1/shifts/s1/assignments"
    gone = plant.ask("DELETE", path, query={"userIds": "ben"})
    assert (gone.status, gone.body["action"]) == (200, "delete")
    assert plant.people("s1") == []
    assert plant.ask("DELETE", path).status == 400


def test_seats_follow_their_shift(plant):
    plant.shift()
    plant.assign("s1", "ana")
    change = {"startTime": "10:00", "location": "Plant 2"}
    assert plant.ask("PATCH", "/v1/shifts/s1", body=change).status == 200
    seat = plant.seat("ana")
    assert (seat.shift.start_time, seat.shift.location) == ("10:00", "Plant 2")
    assert seat.shift.starts_at.isoformat() == "2026-03-06T09:00:00+00:00"
    other_day = plant.ask("PATCH", "/v1/shifts/s1", body={"shiftDate": "2026-03-09"})
    assert (other_day.status, other_day.body["message"]) == (400, "errMsg_invalidShiftDate")
    plant.ask("DELETE", "/v1/shifts/s1")
    assert plant.seat("ana").assigned is False


def test_seats_follow_their_person(plant):
    plant.shift()
    plant.assign("s1", "ana")
    before = plant.seat("ana")
    plant.ask("PATCH", "/v1/users/ana", body={"fullname": "Ana Maria"})
    after = plant.seat("ana")
    assert after.user.fullname == "Ana Maria"
    assert after.revision == before.revision + 1


def test_an_employee_sees_the_shifts_that_are_his(plant):
    plant.shift("s1")
    plant.shift("s2")
    plant.assign("s1", "ana", "ben")
    token = plant.log_in("ana")
    own = plant.ask("GET", "/v1/shifts", token=token).body["shifts"]
    assert [shift["id"] for shift in own] == ["s1"]
    assert plant.ask("GET", "/v1/shifts/s1", token=token).status == 200
    assert plant.ask("GET", "/v1/shifts/s2", token=token).status == 401
    rows = plant.ask("GET", "/v1/shifts/s1/assignments", token=token).body["assignments"]
    assert rows == [{"userId": "ana", "shiftId": "s1"}]


def test_coming_shifts_follow_the_clock_of_their_site_and_company(plant):
    coming = (plant.parts.now().date() + timedelta(days=3)).isoformat()
    plant.shift("at-site", shiftDate=coming)
    plant.shift("elsewhere", shiftDate=coming, location=None)
    plant.shift("own-zone", shiftDate=coming, location=None, timezone="UTC")
    plant.assign("at-site", "ana")
    plant.assign("elsewhere", "ben")

    def zone(user_id, shift_id):
        return plant.seat(user_id, shift_id, coming).shift.timezone

    site = {"location": "Plant 1", "timezone": "Asia/Tokyo"}
    made = plant.ask("POST", "/v1/locations", body=site).body["location"]
    assert (zone("ana", "at-site"), zone("ben", "elsewhere")) == ("Asia/Tokyo", "Europe/Madrid")
    plant.ask("PATCH", f"/v1/locations/{made['id']}", body={"timezone": "America/Lima"})
    assert zone("ana", "at-site") == "America/Lima"
    plant.ask("PATCH", "/v1/company", body={"timezone": "Europe/Berlin"})
    assert (zone("ana", "at-site"), zone("ben", "elsewhere")) == ("America/Lima", "Europe/Berlin")


def test_a_shift_must_leave_room_for_its_windows(plant):
    body = shift_body(startTime="06:00", endTime="03:00")
    answer = plant.ask("POST", "/v1/shifts", body=body)
    assert (answer.status, answer.body["message"]) == (400, "errMsg_invalidShift")


def test_days_that_end_before_they_begin_are_refused_and_days_apart_hold_no_shift(plant):
    reversed_days = {"dateFrom": "2026-03-07", "dateTo": "2026-03-06"}
    refused = plant.ask("GET", "/v1/shifts", query=reversed_days)
    assert (refused.status, refused.body["message"]) == (400, "errMsg_invalidDateTo")
    apart = {"date": "2026-03-05", "dateFrom": "2026-03-06", "dateTo": "2026-03-07"}
    assert plant.ask("GET", "/v1/shifts", query=apart).body["shifts"] == []
