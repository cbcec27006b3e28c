"""Of many who race one wins, and everybody is told the truth (invariants I5 to I7)."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from attendance.adapters import unread_seat
from attendance.adapters.items.seat_item import SeatItem
from attendance.bootstrap import Runtime
from attendance.inputs.account import NewCompany
from attendance.services import register_company as registering
from tests.accounts import fresh_codename, service
from tests.integration.attendance_api.office import Office
from tests.integration.attendance_api.world import World
from tests.proof.racers import RACERS, Track, outcome_of
from tests.proof.record_history import FAIL, INFO, OK, Told, broken
from tests.proof.scale import scaled
from tests.proof.staff import Staff
from tests.proof.table_stream import TableStream

ROUNDS = scaled(2)


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


@pytest.fixture
def track(parts: Runtime) -> Track:
    office = Office(World(parts), datetime.now(UTC))
    return Track(Staff(office, people=ROUNDS))


@pytest.fixture
def stream(track: Track, engine_url: str) -> TableStream:
    stream = TableStream(engine_url, track.parts.settings.table_name)
    stream.read()
    return stream


def one_won(told: list[Told], word: str) -> None:
    """Exactly one, unless the winner's answer was lost; the others were told why."""
    outcomes = Counter(call.outcome for call in told)
    assert outcomes[OK] == 1 or (outcomes[OK] == 0 and outcomes[INFO]), outcomes
    assert {call.word for call in told if call.outcome == FAIL} <= {word}


def test_of_those_who_check_in_one_is_checked_in(track, stream):
    told = []
    for user_id in track.staff.people:
        told += track.race(user_id, "in", [track.check_in] * RACERS)
        one_won(told[-RACERS:], "alreadyCheckedIn")
        assert len(track.seat(user_id).actions) == 1
    assert list(broken(stream.read(), told)) == []


def test_of_those_who_check_out_one_is_checked_out(track, stream):
    told = []
    for user_id in track.staff.people:
        track.check_in(user_id)
        told.append(Told(user_id=user_id, evidence="in", outcome=OK))
        told += track.race(user_id, "out", [track.check_out] * RACERS)
        one_won(told[-RACERS:], "alreadyCheckedOut")
        assert len(track.seat(user_id).actions) == 2
    assert list(broken(stream.read(), told)) == []


def test_nobody_is_both_there_and_absent(track, stream):
    told = []
    for user_id in track.staff.people:
        came = [track.check_in] * (RACERS // 2)
        stayed = [track.mark_absent] * (RACERS // 2)
        results = track.race(
            user_id, "in", [r for pair in zip(came, stayed, strict=True) for r in pair]
        )
        checked_in, absent = results[::2], results[1::2]
        told += checked_in
        seat = track.seat(user_id)
        if seat.actions:
            one_won(checked_in, "alreadyCheckedIn")
            assert {call.outcome for call in absent} <= {FAIL, INFO}
            assert seat.verdict.status != "absent"
        else:
            assert {call.word for call in checked_in if call.outcome == FAIL} <= {"markedAbsent"}
            assert OK not in {call.outcome for call in checked_in}
            assert seat.verdict.status == "absent"
    assert list(broken(stream.read(), told)) == []


def test_a_sweep_beside_check_outs_takes_nothing_from_them(track, stream):
    told = []
    for user_id in track.staff.people:
        track.check_in(user_id)
        told.append(Told(user_id=user_id, evidence="in", outcome=OK))
        racers = [track.sweep, *[track.check_out] * (RACERS - 2), track.sweep]
        results = track.race(user_id, "out", racers)[1:-1]
        told += results
        one_won(results, "alreadyCheckedOut")
        seat = track.seat(user_id)
        assert seat.verdict.check_out == track.staff.office.now
        assert "autoClosed" not in seat.verdict.details["flags"]
    assert list(broken(stream.read(), told)) == []


def test_a_codename_is_one_companys(parts):
    for _ in range(ROUNDS):
        wanted = NewCompany(name="Acme", codename=fresh_codename(), timezone="UTC")
        start, founded = Barrier(RACERS), []

        def found(_number, wanted=wanted, start=start, founded=founded):
            start.wait()
            now = datetime.now(UTC)
            made = registering.register_company(parts.directory, wanted, None, now)
            founded.append(made.company.member_id)

        with ThreadPoolExecutor(RACERS) as pool:
            told = list(pool.map(lambda n: outcome_of(lambda: found(n)), range(RACERS)))
        counted = Counter(outcome for outcome, _ in told)
        assert counted[OK] == 1 or (counted[OK] == 0 and counted[INFO]), counted
        assert {word for outcome, word in told if outcome == FAIL} <= {"codenameTaken"}
        owner = registering.codename_owner(parts.directory, wanted.codename)
        assert str(owner) in founded or not founded


def test_a_check_in_that_does_not_ask_for_an_empty_seat_is_found_out(track, stream, monkeypatch):
    write = unread_seat._write

    def careless(table, item, updates, _condition):
        return write(table, item, updates, SeatItem.pk.exists())

    monkeypatch.setattr(unread_seat, "_write", careless)
    user_id = track.staff.people[0]
    told = track.race(user_id, "in", [track.check_in] * RACERS)
    with pytest.raises(AssertionError):
        one_won(told, "alreadyCheckedIn")
    assert any(found.startswith("I7") for found in broken(stream.read(), told))
