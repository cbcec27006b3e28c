"""A preview of many records: what it reads of each, and that it stays cheap."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from attendance.adapters.brief_lists import BriefLists
from attendance.domain.judge import judge
from attendance.model.seat import UserFacts
from tests.bench.figure import cpu_seconds
from tests.bench.many_records import FIRST_DAY, late_people, shift_days
from tests.bench.preview import preview
from tests.bench.rules import a_day
from tests.integration.policies.conftest import ACME

PEOPLE, DAYS = 20, 10
MOST_DAYS_OF_JUDGING = 10
"""A changed record is read, and judged twice: as much as judging four days, where measured."""


@pytest.fixture
def late(site):
    site.device()
    for shift_id, day in shift_days(DAYS):
        site.shift(shift_id, day, "09:00", "17:00")
    late_people(site.parts, site.person("pattern", numbers=()), PEOPLE, DAYS)
    return site


def test_a_preview_costs_no_more_than_judging_every_day_a_few_times(late):
    cases = [a_day(number) for number in range(PEOPLE * DAYS)]

    def judge_all():
        for case in cases:
            judge(case).verdict(case.shifts[0].shift_id)

    first = preview(late, {"lateGraceMinutes": 15})
    once = cpu_seconds(judge_all)
    began = time.process_time()
    second = preview(late, {"lateGraceMinutes": 15})
    took = time.process_time() - began
    assert first == second
    assert second["counts"] == [{"from": "late", "to": "present", "records": PEOPLE * DAYS}]
    assert {change["to"]["lateByMinutes"] for change in second["changes"]} == {0}
    assert took / once < MOST_DAYS_OF_JUDGING


def test_seats_and_punches_read_in_bulk_are_those_read_one_by_one(late):
    day, parts = FIRST_DAY, late.parts
    late.punch(f"{day} 12:00:00", number="10000", code=4, log_index=7, status=15)
    late.punch(f"{day} 12:30:00", number="a b/7", released=True)
    lists = BriefLists(parts.directory)
    brief = {punch.punch_id: punch for punch in lists.punches(ACME, day, day)}
    whole = parts.punches.between(ACME, f"{day} 00:00:00", f"{day} 23:59:59")
    assert len(brief) == len(whole) == 2 * PEOPLE + 2
    unread = {"agent_id": None, "batch_id": None, "request_id": None}
    assert brief == {p.punch_id: replace(p, **unread) for p in whole}
    seats = {seat.record_id: seat for seat in lists.seats(ACME, day, day + timedelta(days=1))}
    nobody = UserFacts(email=None, fullname=None, avatar=None)
    for seat in parts.seats.of_user(ACME, "p3", day, day + timedelta(days=1)):
        shift = replace(seat.shift, start_time=None, end_time=None)
        plain = replace(seat, shift=shift, user=nobody, created_at=None, updated_at=None)
        assert seats[seat.record_id] == replace(plain, record_version=None)
