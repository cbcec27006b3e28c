"""Traps 17, 27, 28 and 30: the right terminal, over the transport it knows, with its key."""

import struct

import pytest
from zk.base import make_commkey

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import (
    CommKeyRefusedError,
    TerminalAddress,
    TerminalAddressError,
    TerminalUnreachableError,
    WrongSerialError,
    identify,
)
from tests.edge.terminal.conversations import (
    address_of,
    read,
    read_with_key,
)
from tests.waiting import ends_within

BOTH = pytest.mark.parametrize("transport", ["tcp", "udp"])


@BOTH
@pytest.mark.parametrize("key", [1, 12345, 131071, 999999])
def test_the_right_comm_key_opens(key, transport):
    with EmulatedTerminal(records=30, comm_key=key) as terminal:
        assert len(read_with_key(terminal, transport, key).punches) == 30


@pytest.mark.parametrize("session_id", [0x8000, 0xFFFF])
def test_pyzk_cannot_even_try_some_comm_keys_in_half_of_all_sessions(session_id):
    with pytest.raises(struct.error):
        make_commkey(131071, session_id)


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

    with ends_within(4.2), pytest.raises(TerminalUnreachableError):
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
