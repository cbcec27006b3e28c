"""Traps 1 to 3, 5 and 26: a terminal that is slow, late or silent costs its deadline, no more."""

from contextlib import suppress
from time import monotonic

import pytest

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import (
    Lockout,
    TerminalBusyError,
    TerminalLeftDisabledError,
    TerminalTimeoutError,
    TerminalUnreachableError,
    enable_terminal,
)
from tests.edge.terminal.conversations import address_of, plain_pyzk, read
from tests.waiting import ends_within

GIVEN_UP = (TerminalTimeoutError, TerminalBusyError, TerminalUnreachableError)


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("code", [1000, 11, 201, 1503, 1504])
def test_a_terminal_that_hangs_costs_its_deadline_give_or_take_half_a_second(code, transport):
    with EmulatedTerminal(records=100) as terminal:
        terminal.set_faults(hang_on=[code])
        lengths = []
        while len(lengths) < 3 and not any(length <= 1.1 for length in lengths):
            began = monotonic()
            with pytest.raises(GIVEN_UP):
                read(terminal, transport, deadline_seconds=0.6)
            lengths.append(monotonic() - began)

        assert terminal.faults.fired["hang_on"] >= 1
    assert 0.5 <= min(lengths) <= 1.1


def test_a_terminal_that_trickles_costs_its_deadline_and_no_more():
    with EmulatedTerminal(records=5000) as terminal:
        terminal.set_faults(split_bytes=200, packet_pause=0.3)

        with ends_within(2.2, at_least=0.9), pytest.raises(TerminalTimeoutError):
            read(terminal, deadline_seconds=1.0)


def test_a_slow_terminal_is_read_if_the_deadline_allows():
    with EmulatedTerminal(records=3000) as terminal:
        terminal.set_faults(answer_delay=0.02, packet_pause=0.02)

        assert len(read(terminal).punches) == 3000


def test_pyzk_shifts_every_answer_by_one_after_a_timeout():
    with EmulatedTerminal(serial_number="S1") as terminal, plain_pyzk(terminal, timeout=0.3) as zk:
        terminal.set_faults(late_once_on=[201], late_seconds=0.5)
        with pytest.raises(Exception, match="timed out"):
            zk.get_time()

        try:
            serial_number = zk.get_serialnumber()
        except UnicodeDecodeError:
            serial_number = "the four bytes of a time"
        assert serial_number != "S1"


def test_late_answers_over_udp_are_dropped_and_the_reading_is_right():
    with EmulatedTerminal(records=200, serial_number="S1") as terminal:
        terminal.set_faults(late_once_on=[11, 1503], late_seconds=1.2)

        reading = read(terminal, "udp", deadline_seconds=15)

        assert terminal.faults.fired["late_once_on"] == 2
    assert reading.serial_number == "S1"
    assert len(reading.punches) == 200


def test_pyzk_believes_that_it_enabled_a_terminal_that_stays_disabled():
    with EmulatedTerminal(records=3) as terminal, plain_pyzk(terminal, timeout=0.3) as zk:
        zk.disable_device()
        terminal.set_faults(late_once_on=[50], late_seconds=0.5)
        with pytest.raises(Exception, match="timed out"):
            zk.get_attendance()

        assert zk.enable_device() is True
        assert terminal.disabled


@pytest.mark.parametrize("code", [1003, 1503, 1504, 1002])
def test_a_reading_that_fails_while_disabled_enables_from_a_new_session(code):
    notes = []
    with EmulatedTerminal(records=100) as terminal:
        terminal.set_faults(late_once_on=[code], late_seconds=0.8)
        with ends_within(2.2), suppress(TerminalTimeoutError):
            read(terminal, deadline_seconds=1.0, lockout=noted(notes))

        assert terminal.faults.fired["late_once_on"] == 1
        assert not terminal.disabled
        assert terminal.received[1002] >= 1
    assert notes == ["marked", "unmarked"]


def test_the_mark_stays_when_enabling_cannot_be_confirmed():
    notes = []
    with EmulatedTerminal(records=100) as terminal:
        terminal.set_faults(ignore_enable=True)

        with pytest.raises(TerminalLeftDisabledError, match="may still be disabled"):
            read(terminal, lockout=noted(notes))
        assert notes == ["marked"]
        assert terminal.disabled

        terminal.set_faults(ignore_enable=False)
        enable_terminal(address_of(terminal), deadline_seconds=5)
        assert not terminal.disabled


def test_enabling_a_terminal_that_hangs_ends_with_an_alarm_by_the_deadline():
    with EmulatedTerminal() as terminal:
        terminal.set_faults(hang=True)

        with ends_within(2.2), pytest.raises(TerminalLeftDisabledError):
            enable_terminal(address_of(terminal), deadline_seconds=1)


def test_a_disabled_terminal_is_marked_before_and_enabled_after_the_reading():
    with EmulatedTerminal(records=100) as terminal:
        states = []
        read(
            terminal,
            lockout=Lockout(
                lambda: states.append(terminal.received[1003]),
                lambda: states.append(terminal.disabled),
            ),
            keep_raw=lambda _raw: states.append(terminal.disabled),
        )

    assert states == [0, True, False]


def test_a_disabled_terminal_turns_people_away_and_the_lease_ends_it_after_a_crash():
    with EmulatedTerminal(records=100) as terminal:
        turned_away = []
        read(
            terminal,
            lockout=Lockout(),
            keep_raw=lambda _raw: turned_away.append(not terminal.add_punch("1")),
        )

        assert turned_away == [True]
        assert terminal.add_punch("1")
        assert terminal.last_lease_seconds == 60


def test_a_failing_mark_keeps_the_terminal_enabled():
    def full_disk() -> None:
        raise OSError(28, "No space left on device")

    with EmulatedTerminal(records=100) as terminal:
        with pytest.raises(OSError, match="No space left"):
            read(terminal, lockout=Lockout(full_disk))

        assert terminal.received[1003] == 0


def test_a_terminal_that_refuses_to_be_disabled_is_read_as_it_is():
    with EmulatedTerminal(records=100) as terminal:
        terminal.set_faults(refuse_on=[1003])

        assert len(read(terminal, lockout=Lockout()).punches) == 100


def noted(notes):
    return Lockout(lambda: notes.append("marked"), lambda: notes.append("unmarked"))
