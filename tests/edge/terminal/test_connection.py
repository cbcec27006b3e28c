"""Traps 4 to 8 and 22 to 26: one conversation with one terminal, whatever the line does."""

import threading
from time import sleep

import pytest
from zk.exception import ZKErrorResponse, ZKNetworkError

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import (
    TerminalBusyError,
    TerminalConnectionLostError,
    TerminalProtocolError,
)
from tests.edge.terminal.conversations import (
    plain_pyzk,
    read,
    read_with_key,
)
from tests.waiting import ends_within

BOTH = pytest.mark.parametrize("transport", ["tcp", "udp"])


def test_one_reading_opens_one_connection_where_pyzk_opens_two():
    with EmulatedTerminal(records=3) as terminal:
        read(terminal)
        assert terminal.device.counters.connections == 1

        with plain_pyzk(terminal):
            assert terminal.device.counters.connections == 3


@BOTH
def test_every_session_is_ended_with_exit(transport):
    with EmulatedTerminal(records=30, comm_key=5) as terminal:
        read_with_key(terminal, transport, 5)
        assert terminal.open_sessions == 0

        terminal.set_faults(refuse_on=[1503, 13])
        with pytest.raises(TerminalProtocolError, match="refuses to hand over its log"):
            read_with_key(terminal, transport, 5)
        assert terminal.open_sessions == 0


def test_a_terminal_that_serves_somebody_else_is_busy():
    with EmulatedTerminal(records=3) as terminal:
        terminal.set_faults(reject_second_session=True)
        with (
            plain_pyzk(terminal),
            pytest.raises(TerminalBusyError, match="another program"),
        ):
            read(terminal)


def test_a_terminal_whose_menu_is_open_is_busy_and_not_gone():
    with EmulatedTerminal(records=3) as terminal:
        terminal.set_faults(ignore_connect=True)

        with ends_within(2.2, at_least=1), pytest.raises(TerminalBusyError, match="menu"):
            read(terminal, deadline_seconds=1)


def test_a_terminal_that_hangs_up_on_connecting_is_busy():
    with EmulatedTerminal(records=3) as terminal:
        terminal.set_faults(close_on_connect=True)

        with ends_within(1.7), pytest.raises(TerminalBusyError):
            read(terminal)


def test_pyzk_trips_over_a_header_that_tcp_has_split():
    with EmulatedTerminal(records=3) as terminal:
        terminal.set_faults(split_bytes=3, split_pause=0.01)

        with pytest.raises(ZKNetworkError, match="TCP packet invalid"), plain_pyzk(terminal):
            pass


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_answers_in_any_pieces_are_put_together(size):
    with EmulatedTerminal(records=60) as terminal:
        terminal.set_faults(split_bytes=size)

        assert len(read(terminal).punches) == 60
        assert terminal.faults.fired["split_bytes"] > 10


def test_pyzk_takes_an_event_for_the_answer():
    with EmulatedTerminal(records=3) as terminal, plain_pyzk(terminal) as zk:
        terminal.set_faults(stray_event=True)

        with pytest.raises(ZKErrorResponse):
            zk.get_serialnumber()


@BOTH
def test_events_between_answers_are_put_aside(transport):
    with EmulatedTerminal(records=200, serial_number="S1") as terminal:
        terminal.set_faults(stray_event=True)

        reading = read(terminal, transport)

    assert reading.serial_number == "S1"
    assert len(reading.punches) == 200


def test_a_second_conversation_in_this_process_waits_for_the_first():
    with EmulatedTerminal(records=50) as terminal:
        terminal.set_faults(answer_delay=0.02, reject_second_session=True)
        readings = []
        readers = [
            threading.Thread(target=lambda: readings.append(read(terminal))) for _ in range(4)
        ]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()

        assert [len(reading.punches) for reading in readings] == [50] * 4
        assert terminal.faults.fired["reject_second_session"] == 0


def test_a_conversation_that_outlasts_the_deadline_of_the_next_makes_it_busy():
    with EmulatedTerminal(records=50) as terminal:
        terminal.set_faults(late_once_on=[201], late_seconds=0.7)
        first = threading.Thread(target=lambda: read(terminal))
        first.start()
        while terminal.device.counters.connections == 0:
            sleep(0.01)

        with ends_within(1.5), pytest.raises(TerminalBusyError, match="still talking"):
            read(terminal, deadline_seconds=0.3)
        first.join()


@pytest.mark.parametrize("after", [1, 20, 40, 200, 1000, 5000, 30_000])
def test_a_line_cut_anywhere_is_an_error_at_once_and_never_half_a_log(after):
    with EmulatedTerminal(records=1000) as terminal:
        terminal.set_faults(drop_after_bytes=after)

        with ends_within(1.7), pytest.raises((TerminalConnectionLostError, TerminalBusyError)):
            read(terminal)
        assert terminal.faults.fired["drop_after_bytes"] == 1


def test_pyzk_spins_for_ever_when_the_terminal_hangs_up_during_a_transfer():
    with EmulatedTerminal(records=2000) as terminal, plain_pyzk(terminal) as zk:
        terminal.set_faults(drop_after_bytes=40_000)
        reader = threading.Thread(target=lambda: _swallow(zk.get_attendance))
        reader.start()
        reader.join(1.5)

        assert reader.is_alive()

        zk._ZK__sock.close()
        reader.join(5)


def _swallow(work) -> None:
    try:
        work()
    except (OSError, ZKNetworkError, ValueError):
        return
