"""Trap 15 and hostile answers: counts, sizes and lengths that contradict each other."""

import pytest

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import TerminalBusyError, TerminalProtocolError, TerminalTimeoutError
from tests.edge.terminal.conversations import plain_pyzk, read
from tests.waiting import ends_within

LIES = [
    {"size_error": 1},
    {"size_error": -1},
    {"size_error": 40},
    {"size_error": 2_000_000_000},
    {"head_error": 40},
    {"head_error": -3},
    {"prepare_error": 8},
    {"prepare_error": 2_000_000_000},
    {"short_data": 1},
    {"short_data": 40},
    {"endless_data": True},
]


def test_pyzk_returns_nothing_when_the_terminal_counts_nothing():
    with EmulatedTerminal(records=25) as terminal, plain_pyzk(terminal) as zk:
        terminal.set_faults(count=0)

        assert zk.get_attendance() == []


@pytest.mark.parametrize("records", [25, 300])
@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_a_count_of_nothing_hides_no_log(transport, records):
    with EmulatedTerminal(records=records) as terminal:
        terminal.set_faults(count=0)

        reading = read(terminal, transport)

    assert len(reading.punches) == records
    assert reading.remarks == (f"The terminal counts 0 records; its log holds {records}.",)


@pytest.mark.parametrize("count", [1, 99, 30_000, -5, 2_000_000_000])
def test_a_wrong_count_changes_nothing_but_a_remark(count):
    with EmulatedTerminal(records=100, layout="16") as terminal:
        terminal.set_faults(count=count)

        assert len(read(terminal).punches) == 100


def test_a_log_that_is_counted_and_refused_is_an_error_and_not_an_empty_log():
    with EmulatedTerminal(records=100) as terminal:
        terminal.set_faults(refuse_on=[1503, 13])

        with pytest.raises(TerminalProtocolError, match="counts 100 records"):
            read(terminal)


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("lie", LIES, ids=str)
def test_a_lie_about_lengths_is_an_error_within_the_deadline(lie, transport):
    with EmulatedTerminal(records=1000) as terminal:
        terminal.set_faults(**lie)
        with (
            ends_within(1.8),
            pytest.raises((TerminalProtocolError, TerminalTimeoutError)),
        ):
            read(terminal, transport, deadline_seconds=0.6)

        terminal.set_faults(**{name: type(value)(0) for name, value in lie.items()})
        assert len(read(terminal, transport).punches) == 1000


@pytest.mark.parametrize("length", [0, 7, 9, 200_000, 4_294_967_295])
def test_a_packet_of_an_impossible_length_is_an_error(length):
    with EmulatedTerminal(records=10) as terminal:
        terminal.set_faults(top_length=length)

        with ends_within(1.7), pytest.raises((TerminalProtocolError, TerminalBusyError)):
            read(terminal, deadline_seconds=0.5)


@pytest.mark.parametrize("code", [1000, 11, 1100, 201, 50, 1503, 1504])
def test_garbage_instead_of_an_answer_gives_an_error_or_a_true_log(code):
    with EmulatedTerminal(records=100, serial_number="S1") as terminal:
        terminal.set_faults(garbage_on=[code])
        try:
            users = [punch.user_id for punch in read(terminal, deadline_seconds=1.0).punches]
        except TerminalProtocolError:
            users = [str(index % 5 + 1) for index in range(100)]

    assert users == [str(index % 5 + 1) for index in range(100)]
