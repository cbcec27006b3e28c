"""Traps 5 to 8, 17, 22 to 28 and 30: finding the right terminal and talking to it alone."""

import struct
import threading
from time import sleep

import pytest
from zk.exception import ZKErrorResponse, ZKNetworkError

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import (
    CommKeyRefusedError,
    TerminalAddress,
    TerminalAddressError,
    TerminalBusyError,
    TerminalConnectionLostError,
    TerminalProtocolError,
    TerminalUnreachableError,
    WrongSerialError,
    identify,
    read_terminal,
)
from tests.edge.terminal.conversations import (
    address_of,
    ends_within,
    plain_pyzk,
    read,
)

BOTH = pytest.mark.parametrize("transport", ["tcp", "udp"])


@BOTH
@pytest.mark.parametrize("key", [1, 12345, 131071, 999999])
def test_the_right_comm_key_opens(key, transport):
    with EmulatedTerminal(records=30, comm_key=key) as terminal:
        assert len(read_with_key(terminal, transport, key).punches) == 30


def test_pyzk_cannot_even_try_some_comm_keys():
    with (
        EmulatedTerminal(comm_key=131071) as terminal,
        pytest.raises(struct.error),
        plain_pyzk(terminal, password=131071),
    ):
        pass


@BOTH
@pytest.mark.parametrize("key", [0, 1, 12344])
def test_a_wrong_comm_key_is_told_apart_from_other_trouble(key, transport):
    with (
        EmulatedTerminal(records=30, comm_key=12345) as terminal,
        pytest.raises(CommKeyRefusedError, match="comm key"),
    ):
        read_with_key(terminal, transport, key)


def test_a_comm_key_where_none_is_needed_does_no_harm():
    with EmulatedTerminal(records=3) as terminal:
        assert len(read_with_key(terminal, "tcp", 777).punches) == 3


def read_with_key(terminal, transport, key):
    return read_terminal(address_of(terminal, transport, comm_key=key), deadline_seconds=5)


@BOTH
def test_another_terminal_behind_the_address_is_refused_before_its_log_is_touched(transport):
    with EmulatedTerminal(records=3, serial_number="NEW1") as terminal:
        with pytest.raises(WrongSerialError, match=r"NEW1, not OLD1"):
            read(terminal, transport, expected_serial="OLD1")

        assert terminal.received[1503] == 0
        assert terminal.open_sessions == 0
        assert read(terminal, transport, expected_serial="NEW1").serial_number == "NEW1"


def test_auto_takes_tcp_where_it_is_served():
    with EmulatedTerminal(records=3) as terminal:
        assert read(terminal, "auto").transport == "tcp"


def test_auto_finds_a_terminal_that_knows_udp_only_and_says_so():
    with EmulatedTerminal(records=3, tcp=False) as terminal:
        reading = read(terminal, "auto")

    assert reading.transport == "udp"
    assert len(reading.punches) == 3


def test_tcp_asked_for_is_not_replaced_by_udp():
    with (
        EmulatedTerminal(records=3, tcp=False) as terminal,
        pytest.raises(TerminalUnreachableError, match="Nothing accepts a connection"),
    ):
        read(terminal, "tcp")


@pytest.mark.parametrize("transport", ["tcp", "udp", "auto"])
def test_where_nothing_listens_the_terminal_is_unreachable_at_once(transport):
    with EmulatedTerminal() as gone:
        address = address_of(gone, transport)

    with ends_within(3.5), pytest.raises(TerminalUnreachableError):
        identify(address, deadline_seconds=10)


def test_a_host_name_is_resolved():
    with EmulatedTerminal(serial_number="S1") as terminal:
        address = TerminalAddress(host="localhost", port=terminal.port)

        assert identify(address, deadline_seconds=5).serial_number == "S1"


def test_an_unknown_host_name_is_unreachable():
    with pytest.raises(TerminalUnreachableError, match="leads to no address"):
        identify(TerminalAddress(host="no-such-terminal.invalid"), deadline_seconds=3)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1; touch here", "a b", "", "-x", "$(id)", "192.168.1", "192.168.1.999", "x" * 64,
     "fe80::1%eth0;id"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_before_anything_sees_it(host):
    with pytest.raises(TerminalAddressError, match="neither an IP address nor a host name"):
        TerminalAddress(host=host)


@pytest.mark.parametrize(
    "wrong", [{"port": 0}, {"port": 65536}, {"comm_key": -1}, {"comm_key": 1000000},
              {"transport": "serial"}],
)  # fmt: skip
def test_other_settings_that_cannot_be_are_refused(wrong):
    with pytest.raises(TerminalAddressError):
        TerminalAddress(host="10.0.0.1", **wrong)


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

        with ends_within(1.5, at_least=1), pytest.raises(TerminalBusyError, match="menu"):
            read(terminal, deadline_seconds=1)


def test_a_terminal_that_hangs_up_on_connecting_is_busy():
    with EmulatedTerminal(records=3) as terminal:
        terminal.set_faults(close_on_connect=True)

        with ends_within(1), pytest.raises(TerminalBusyError):
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

        with ends_within(0.8), pytest.raises(TerminalBusyError, match="still talking"):
            read(terminal, deadline_seconds=0.3)
        first.join()


@pytest.mark.parametrize("after", [1, 20, 40, 200, 1000, 5000, 30_000])
def test_a_line_cut_anywhere_is_an_error_at_once_and_never_half_a_log(after):
    with EmulatedTerminal(records=1000) as terminal:
        terminal.set_faults(drop_after_bytes=after)

        with ends_within(1), pytest.raises((TerminalConnectionLostError, TerminalBusyError)):
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
