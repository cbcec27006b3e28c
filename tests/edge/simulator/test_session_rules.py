"""Sessions, checksums and reply numbers, as firmware handles them."""

import struct
from time import sleep

import pytest

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.simulator.commkey import scramble
from tests.edge.simulator.raw_client import RawClient

BOTH = pytest.mark.parametrize("udp", [False, True], ids=["tcp", "udp"])
SIZES = 50


def count(answer) -> int:
    return struct.unpack_from("<i", answer.data, 32)[0]


@BOTH
def test_a_connection_gets_a_session_and_its_own_reply_numbers_back(udp):
    with EmulatedTerminal(records=3) as terminal, RawClient(terminal.port, udp=udp) as client:
        welcome = client.connect()
        sizes = client.ask(SIZES)

    assert (welcome.code, welcome.reply) == (2000, 0)
    assert welcome.session != 0
    assert (sizes.code, sizes.session, sizes.reply) == (2000, welcome.session, 1)
    assert len(sizes.data) == 92
    assert count(sizes) == 3


@BOTH
def test_a_wrong_checksum_is_dropped_without_a_word(udp):
    with EmulatedTerminal() as terminal, RawClient(terminal.port, udp=udp) as client:
        client.connect()
        client.send(SIZES, spoil=1)

        assert client.is_silent()
        assert terminal.received[SIZES] == 0


@BOTH
def test_an_unknown_session_is_dropped_without_a_word(udp):
    with EmulatedTerminal() as terminal, RawClient(terminal.port, udp=udp) as client:
        client.connect()
        client.session ^= 0x5555
        client.send(SIZES)

        assert client.is_silent()


@BOTH
def test_a_repeated_reply_number_gets_the_last_answer_and_executes_nothing(udp):
    with EmulatedTerminal(records=3) as terminal, RawClient(terminal.port, udp=udp) as client:
        client.connect()
        first = client.ask(SIZES)
        terminal.add_punch("1")
        client.reply -= 1
        client.send(1002)

        assert client.receive() == first
        assert terminal.received[1002] == 0


def test_a_smaller_reply_number_is_dropped_except_after_the_largest():
    with EmulatedTerminal() as terminal, RawClient(terminal.port) as client:
        client.connect()
        client.reply = 500
        client.ask(SIZES)
        client.reply = 499
        client.send(SIZES)
        assert client.is_silent()

        client.reply = 65_535
        client.ask(SIZES)
        client.reply = 0
        assert client.ask(SIZES).code == 2000


def test_connecting_again_on_the_same_line_keeps_the_session():
    with EmulatedTerminal() as terminal, RawClient(terminal.port) as client:
        assert client.connect().session == client.connect().session
        assert terminal.open_sessions == 1


def test_two_programs_have_two_sessions():
    with (
        EmulatedTerminal() as terminal,
        RawClient(terminal.port) as one,
        RawClient(terminal.port, udp=True) as other,
    ):
        assert one.connect().session != other.connect().session
        assert one.ask(SIZES).code == other.ask(SIZES).code == 2000


def test_exit_frees_the_session_and_a_vanished_program_does_not():
    with EmulatedTerminal() as terminal:
        with RawClient(terminal.port) as client:
            client.connect()
            assert client.ask(1001).code == 2000
        assert terminal.open_sessions == 0

        with RawClient(terminal.port) as client:
            client.connect()
        sleep(0.05)
        assert terminal.open_sessions == 1


@BOTH
def test_a_comm_key_locks_everything_until_it_is_proved(udp):
    with (
        EmulatedTerminal(comm_key=12345) as terminal,
        RawClient(terminal.port, udp=udp) as client,
    ):
        assert client.connect().code == 2005
        assert client.ask(SIZES).code == 2005
        assert client.ask(1102, scramble(12344, client.session, 50)).code == 2005
        assert client.ask(SIZES).code == 2005
        assert client.ask(1102, scramble(12345, client.session, 17)).code == 2000
        assert client.ask(SIZES).code == 2000


def test_an_unknown_command_is_answered_and_counted_as_a_write():
    with EmulatedTerminal() as terminal, RawClient(terminal.port) as client:
        client.connect()

        assert client.ask(15).code == 65535
        assert terminal.writes == 1


def test_options_are_told_by_name():
    with EmulatedTerminal(serial_number="S1") as terminal, RawClient(terminal.port) as client:
        client.connect()

        assert client.ask(11, b"~SerialNumber\0").data == b"~SerialNumber=S1\0"
        assert client.ask(11, b"Nonsense\0").code == 2001
        assert client.ask(1100).data.startswith(b"Ver")
        assert client.ask(69).data == b"\x09"
        assert client.ask(64).session == 1


def test_a_disabled_terminal_turns_people_away_until_it_is_enabled():
    with EmulatedTerminal() as terminal, RawClient(terminal.port) as client:
        client.connect()
        client.ask(1003)
        assert not terminal.add_punch("1")

        client.ask(1002)
        assert terminal.add_punch("1")


def test_a_vanished_program_leaves_the_terminal_disabled():
    with EmulatedTerminal() as terminal:
        with RawClient(terminal.port) as client:
            client.connect()
            client.ask(1003)
        sleep(0.05)

        assert terminal.disabled


def test_a_lease_ends_by_itself_once_no_command_comes_any_more():
    with EmulatedTerminal() as terminal, RawClient(terminal.port) as client:
        client.connect()
        client.ask(1003, struct.pack("<I", 1))
        sleep(0.6)
        client.ask(SIZES)
        sleep(0.6)
        assert terminal.disabled

        sleep(0.5)
        assert not terminal.disabled


@pytest.mark.parametrize("enables", [False, True])
def test_some_firmware_enables_when_the_last_session_ends(enables):
    with EmulatedTerminal(enable_on_exit=enables) as terminal, RawClient(terminal.port) as client:
        client.connect()
        client.ask(1003)
        client.ask(1001)

        assert terminal.disabled is not enables
