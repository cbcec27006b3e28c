"""Check-ins and absences written without reading first: same record, once, for all who race."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from botocore.exceptions import ConnectionClosedError
from botocore.httpsession import URLLib3Session
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from attendance.adapters.directory import put_user
from attendance.adapters.items.base import TableItem
from attendance.errors import ConflictError
from attendance.model.session import Session
from attendance.services.check_in import CheckIn, check_in
from attendance.services.check_out import CheckOut, check_out
from attendance.services.company_facts import load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.mark_absent import MarkAbsent, mark_absent
from attendance.services.settle_verdict import Occasion
from tests.integration.attendance_api.office import Office
from tests.integration.attendance_api.world import World
from tests.table_calls import table_calls


@pytest.fixture
def office(world, now) -> Office:
    return Office(world, now)


def session_of(world: World, user_id: str) -> Session:
    return Session(
        session_id="session",
        user=world.users[user_id],
        company=world.company,
        company_codename="acme",
        access_token=None,
        by_cookie=False,
        issued_at=datetime.now(UTC),
    )


def command(shift_id: str, **changes) -> CheckIn:
    plain = CheckIn(
        shift_id=shift_id,
        user_id="ana",
        at=None,
        check_out_at=None,
        absence_reason=None,
        manager_note=None,
    )
    return replace(plain, **changes)


@contextmanager
def a_lost_reply():
    """The first call within the block is committed, and its reply is lost on the way."""
    lost: list[int] = []

    def lose(request, **_):
        if not lost:
            lost.append(URLLib3Session().send(request).status_code)
            raise ConnectionClosedError(endpoint_url=request.url)

    events = TableItem._get_connection().connection.client.meta.events
    events.register("before-send.dynamodb", lose)
    try:
        yield lost
    finally:
        events.unregister("before-send.dynamodb", lose)


def test_a_reply_lost_after_the_commit_is_no_conflict(office):
    shift_id = office.shift()
    with table_calls() as calls, a_lost_reply() as lost:
        record = office.check_in(shift_id)
    assert (lost, calls) == ([200], ["UpdateItem", "UpdateItem"])
    assert record["recordVersion"] == 1
    again = office.world.post("ana", "/v1/check-in", {"shiftId": shift_id})
    assert again.status == 409
    body = {"attendanceRecordId": record["id"]}
    with table_calls() as calls, a_lost_reply() as lost:
        gone = office.world.post("ana", "/v1/check-out", body)
    assert (lost, calls) == ([200], ["UpdateItem", "UpdateItem"])
    assert (gone.status, gone.body["attendanceRecord"]["recordVersion"]) == (200, 2)
    assert office.world.post("ana", "/v1/check-out", body).status == 409


def test_of_two_who_race_one_checks_in_and_one_is_refused(office):
    world = office.world
    for _ in range(5):
        shift_id = office.shift()
        start = Barrier(2)

        def race(number: int, shift_id: str = shift_id, start: Barrier = start) -> str:
            start.wait()
            try:
                check_in(
                    world.parts,
                    session_of(world, "ana"),
                    command(shift_id),
                    request_id=f"r{number}",
                )
            except ConflictError as error:
                return error.word
            return "made"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(race, range(2))) == ["alreadyCheckedIn", "made"]
        seats = world.parts.seats.of_user(
            world.company, "ana", office.now.date(), office.now.date() + timedelta(days=1)
        )
        (seat,) = [seat for seat in seats if seat.shift.shift_id == shift_id]
        assert (seat.record_version, len(seat.actions)) == (1, 1)
        office.unseat(shift_id)


def test_a_shift_moved_by_another_process_is_judged_by_its_new_times(office):
    shift_id = office.shift(-timedelta(minutes=30))
    seats, company = office.world.parts.seats, office.world.company
    (seat,) = [s for s in seats.of_shift(company, shift_id) if s.user_id == "ana"]
    later = replace(seat.shift, starts_at=office.now + timedelta(minutes=5))
    seats.save(replace(seat, shift=later))
    assert office.check_in(shift_id)["status"] == "present"


def test_a_person_let_go_cannot_be_checked_in(office):
    shift_id = office.shift()
    directory, company = office.world.parts.directory, office.world.company
    gone = replace(directory.user(company, "ana"), is_active=False)
    directory.transact([put_user(gone)])
    body = {"shiftId": shift_id, "userId": "ana"}
    answer = office.world.post("mia", "/v1/check-in", body)
    assert (answer.status, answer.body["message"]) == (400, "errMsg_userInactive")


policies = st.fixed_dictionaries(
    {},
    optional={
        "lateGraceMinutes": st.sampled_from([0, 5, 15, None]),
        "lateCountsFrom": st.sampled_from(["start", "graceEnd"]),
        "openStatus": st.sampled_from(["decided", "pending"]),
        "directionMode": st.sampled_from(["auto", "labelled", "alternating", "firstLast"]),
        "windowBeforeMinutes": st.sampled_from([0, 120]),
        "workedTime": st.sampled_from(["firstLast", "pairs"]),
        "roundingMinutes": st.sampled_from([0, 15]),
        "countEarlyArrival": st.booleans(),
        "unpaidBreakMinutes": st.sampled_from([0, 20]),
        "unpaidBreakAfterMinutes": st.sampled_from([60, 360]),
        "overtimeThresholdMinutes": st.sampled_from([0, 10]),
        "earlyLeaveGraceMinutes": st.sampled_from([0, 60, None]),
        "lateAndEarlyStatus": st.sampled_from(["leftEarly", "late"]),
        "absentBelowMinutes": st.sampled_from([0, 60]),
        "holidayPunches": st.sampled_from(["record", "ignore"]),
    },
)


@settings(max_examples=40, deadline=None, phases=[Phase.generate])
@given(
    policy=policies,
    minutes=st.integers(-110, 110),
    worked=st.sampled_from([None, 0, 30, 100]),
    at_once=st.booleans(),
    absent=st.booleans(),
    holiday=st.booleans(),
    leave=st.sampled_from([None, -60, 60]),
)
def test_the_judge_finds_nothing_to_change(
    parts, policy, minutes, worked, at_once, absent, holiday, leave
):
    office = Office(World(parts), datetime.now(UTC))
    world, now = office.world, office.now
    day = (now + timedelta(minutes=minutes)).date()
    world.member("POLICY", "000001", {"policy": policy, "version": 1})
    if holiday:
        world.member("HOLIDAY", "h", {"date": day.isoformat()})
    if leave is not None:
        begins = now + timedelta(minutes=minutes + leave)
        ends = begins + timedelta(hours=2)
        world.member(
            "LEAVE",
            "l",
            {"userId": "ana", "from": begins.isoformat(), "to": ends.isoformat()},
        )
    shift_id = office.shift(timedelta(minutes=minutes), remember=False)
    session = session_of(world, "mia")
    out = None
    with table_calls() as calls:
        if absent:
            wanted = MarkAbsent(
                user_id="ana", shift_id=shift_id, absence_reason="ill", manager_note=None
            )
            written = mark_absent(parts, session, wanted, request_id="r")
        else:
            out = None if worked is None else now - timedelta(minutes=120 - worked)
            both = command(
                shift_id, at=now - timedelta(minutes=120), check_out_at=out if at_once else None
            )
            written = check_in(parts, session, both, request_id="r")
    assert calls[-1] == "UpdateItem"
    if out is not None and not at_once:
        leaving = CheckOut(record_id=written.record_id, at=out)
        written = check_out(parts, session, leaving, request_id="r")
        assert written.record_version == 2
    stored = parts.seats.get(world.company, written.key)
    assert (stored.verdict, stored.actions) == (written.verdict, written.actions)
    occasion = Occasion(actor="directory", request_id="stream", now=datetime.now(UTC))
    facts = load_company_facts(parts.directory, world.company)
    scope = Scope(user_id="ana", first=day, last=day)
    assert judge_person(parts, facts, scope, occasion) == []
    judged = parts.seats.get(world.company, written.key)
    assert replace(judged, due_at=None) == replace(stored, due_at=None)
