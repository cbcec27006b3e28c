"""Writes whose fate their writer cannot know: nobody is refused for what he did himself."""

from datetime import timedelta

import pytest
from botocore.retries.standard import ExponentialBackoff

from attendance.adapters import kept_answers
from attendance.http import answer_once
from attendance.services import change_seat
from tests.integration.attendance_api.office import Office
from tests.proof.ambiguous_day import AmbiguousDay, Meddler, dice, user_of
from tests.proof.direct_stores import direct_stores
from tests.proof.lossy_wire import CONFLICT, FINE, LOST, THROTTLED, always_fine
from tests.proof.record_history import FAIL, INFO, OK, broken
from tests.proof.scale import scaled, seeded
from tests.proof.staff import Staff
from tests.proof.table_stream import TableStream


@pytest.fixture
def impatient(monkeypatch):
    """The waiting of the SDK and of repeats shortened, and nothing else."""
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0.01)
    monkeypatch.setattr(answer_once, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(kept_answers, "GIVEN_UP_AFTER", timedelta(seconds=0.2))


@pytest.fixture
def meddled(wire, office: Office, engine_url: str, impatient):
    """A wire whose every lost reply is followed by the judge's own write."""
    wire.fired.clear()
    wire.before_the_cut = Meddler(direct_stores(engine_url), office)
    yield wire
    wire.fate, wire.before_the_cut = always_fine, lambda _: None


@pytest.mark.slow
def test_nobody_is_told_that_he_has_done_already_what_he_is_just_doing(
    meddled, office, engine_url, wired_parts
):
    day = AmbiguousDay(Staff(office, people=scaled(60)))
    stream = TableStream(engine_url, wired_parts.settings.table_name)
    stream.read()
    meddled.fate = dice(seeded("ambiguous writes"))
    day.live()
    meddled.fate = always_fine
    outcomes = {kind: sum(t.outcome == kind for t in day.told) for kind in (OK, FAIL, INFO)}
    print(meddled.fired, outcomes)
    assert (
        min(meddled.fired[kind] for kind in (LOST, THROTTLED, CONFLICT))
        > len(day.staff.people) / 10
    )
    assert outcomes[OK] >= len(day.staff.people)
    assert list(broken(stream.read(), day.told)) == []


def test_a_writer_who_does_not_know_his_own_evidence_is_found_out(
    meddled, office, engine_url, wired_parts, monkeypatch
):
    day = AmbiguousDay(Staff(office, people=4))
    stream = TableStream(engine_url, wired_parts.settings.table_name)
    stream.read()
    monkeypatch.setattr(change_seat, "holds_evidence", lambda *_: False)
    meddled.fate = lambda _, told: LOST if user_of(told) and not meddled.fired[LOST] else FINE
    day.live()
    found = list(broken(stream.read(), day.told))
    assert "I7: p0 was told errMsg_alreadyCheckedIn of its own write" in found
