"""Reading only what is new, and everything where a doubt is left (terminal-protocol.md, 3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from attendance_edge.simulator import EmulatedTerminal
from tests.edge.terminal.conversations import read

LAYOUTS = ["8", "16", "40", "49"]


def indices(reading):
    return [punch.log_index for punch in reading.punches]


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("records", [3, 16, 17, 400])
def test_only_new_records_are_given(layout, transport, records):
    with EmulatedTerminal(layout=layout, records=records) as terminal:
        first = read(terminal, transport)
        second = read(terminal, transport, known=first.known)
        terminal.add_punch("2")
        terminal.add_punch("4")
        third = read(terminal, transport, known=second.known)
        terminal.add_punch("5")
        fourth = read(terminal, transport, known=third.known)

    assert [r.method for r in (first, second, third, fourth)] == [
        "full", "unchanged", "tail", "tail",
    ]  # fmt: skip
    assert indices(second) == []
    assert [(p.user_id, p.log_index) for p in third.punches] == [("2", records), ("4", records + 1)]
    assert [(p.user_id, p.log_index) for p in fourth.punches] == [("5", records + 2)]
    assert fourth.records_on_device == records + 3


def test_a_tail_moves_a_few_records_and_an_unchanged_log_none():
    with EmulatedTerminal(records=20_000) as terminal:
        known = read(terminal).known
        before = terminal.device.counters.data_bytes
        read(terminal, known=known)
        unchanged = terminal.device.counters.data_bytes - before
        for _ in range(10):
            terminal.add_punch("1")
        read(terminal, known=known)

        assert unchanged == 0
        assert terminal.device.counters.data_bytes - before <= 26 * 40


def test_an_empty_log_that_gets_its_first_punch_is_read():
    with EmulatedTerminal() as terminal:
        known = read(terminal).known
        terminal.add_punch("1")

        assert indices(read(terminal, known=known)) == [0]


@pytest.mark.parametrize("records", [20, 400])
def test_a_log_cleared_and_filled_again_to_the_same_count_is_read_whole(records):
    with EmulatedTerminal(records=records) as terminal:
        known = read(terminal).known
        terminal.clear_log()
        for _ in range(records):
            terminal.add_punch("3", punch=5)

        reading = read(terminal, known=known)

    assert reading.method == "full"
    assert {punch.punch for punch in reading.punches} == {5}
    assert len(reading.punches) == records


@pytest.mark.parametrize("punches", [1, 20, 130])
def test_a_full_log_that_deletes_its_oldest_loses_no_new_punch(punches):
    with EmulatedTerminal(records=100, capacity=100, when_full="cyclic") as terminal:
        known = read(terminal).known
        for _ in range(punches):
            terminal.add_punch("4", punch=3)

        reading = read(terminal, known=known)
        held = len(terminal.device.log)

    assert reading.method == "full"
    assert sum(punch.punch == 3 for punch in reading.punches) == min(punches, held)


@pytest.mark.parametrize("digest", [False, True])
@pytest.mark.parametrize("punches", [1, 50, 99])
def test_a_ring_that_overwrites_its_oldest_loses_no_new_punch(punches, digest):
    with EmulatedTerminal(records=99, capacity=100, when_full="ring") as terminal:
        terminal.set_faults(constant_digest=digest)
        known = read(terminal).known
        terminal.add_punch("4")
        known = read(terminal, known=known).known
        for _ in range(punches):
            terminal.add_punch("4", punch=3)

        reading = read(terminal, known=known)

    assert reading.method == "full"
    assert sum(punch.punch == 3 for punch in reading.punches) == punches
    assert reading.records_on_device == 100


def test_a_full_log_that_does_not_change_is_not_transferred_at_every_poll():
    with EmulatedTerminal(records=400, capacity=400) as terminal:
        known = read(terminal).known
        before = terminal.device.counters.data_bytes

        assert read(terminal, known=known).method == "unchanged"
        assert terminal.device.counters.data_bytes - before <= 16 * 40

        older = replace(known, full_compared_at=datetime.now(UTC) - timedelta(minutes=61))
        assert read(terminal, known=older).method == "full"


def test_a_digest_that_never_changes_is_not_believed():
    with EmulatedTerminal(records=400) as terminal:
        terminal.set_faults(constant_digest=True)
        known = read(terminal).known
        terminal.add_punch("1")
        known = read(terminal, known=known).known
        terminal.clear_log()
        for _ in range(401):
            terminal.add_punch("2", punch=4)

        reading = read(terminal, known=known)

    assert not known.digest_tells
    assert len(reading.punches) == 401


def test_a_terminal_that_serves_no_parts_is_read_whole_and_not_asked_again():
    with EmulatedTerminal(records=400) as terminal:
        terminal.set_faults(no_tail=True)
        known = read(terminal).known
        terminal.add_punch("1")
        second = read(terminal, known=known)
        terminal.add_punch("1")
        third = read(terminal, known=second.known)

        assert terminal.faults.fired["no_tail"] == 1
    assert [second.method, third.method] == ["full", "full"]
    assert third.records_on_device == 402


def test_a_tail_that_makes_no_sense_leads_to_a_new_session_and_a_whole_reading():
    with EmulatedTerminal(records=400) as terminal:
        known = read(terminal).known
        for _ in range(40):
            terminal.add_punch("1")
        terminal.set_faults(odd_tail=True)

        reading = read(terminal, known=known)

        assert terminal.faults.fired["odd_tail"] == 1
        assert terminal.open_sessions == 0
    assert reading.method == "full"
    assert reading.records_on_device == 440
    assert not reading.known.reads_tails
