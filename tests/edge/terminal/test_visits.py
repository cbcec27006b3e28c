"""Short conversations: identity, clock, and the promise to write nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import (
    Identity,
    TerminalProtocolError,
    TerminalTimeoutError,
    WrongSerialError,
    identify,
    read_clock_offset,
    set_clock,
)
from tests.edge.terminal.conversations import address_of, read
from tests.waiting import ends_within

BOTH = pytest.mark.parametrize("transport", ["tcp", "udp"])


@BOTH
def test_a_terminal_says_who_it_is(transport):
    with EmulatedTerminal(serial_number="S1", model="MB20", firmware="Ver 6.60") as terminal:
        found = identify(address_of(terminal, transport), deadline_seconds=3)

        assert terminal.received[1503] == terminal.received[13] == 0
        assert terminal.open_sessions == 0
    assert found == Identity(
        serial_number="S1", model="MB20", firmware="Ver 6.60", transport=transport
    )


def test_what_a_terminal_does_not_tell_is_empty():
    with EmulatedTerminal(records=3) as terminal:
        terminal.set_faults(refuse_on=[11, 1100])

        found = identify(address_of(terminal), deadline_seconds=3)

        assert (found.serial_number, found.model, found.firmware) == ("", "", "")
        assert len(read(terminal).punches) == 3


def test_a_terminal_that_tells_no_serial_number_is_not_the_pinned_one():
    with EmulatedTerminal() as terminal:
        terminal.set_faults(refuse_on=[11])

        with pytest.raises(WrongSerialError, match=r"\(none\), not S1"):
            identify(address_of(terminal), deadline_seconds=3, expected_serial="S1")


@BOTH
@pytest.mark.parametrize("offset", [0, -3600, 86_400])
def test_the_clock_offset_is_read(offset, transport):
    with EmulatedTerminal(clock_offset_seconds=offset) as terminal:
        measured = read_clock_offset(address_of(terminal, transport), deadline_seconds=3)

        assert terminal.writes == 0
    assert measured == pytest.approx(offset, abs=1.5)


def test_the_clock_is_set_in_the_zone_of_the_terminal_and_is_the_only_write():
    zone = ZoneInfo("America/Mexico_City")
    with EmulatedTerminal(timezone=zone.key, clock_offset_seconds=-7200) as terminal:
        change = set_clock(address_of(terminal), deadline_seconds=3, zone=zone)

        assert terminal.writes == 1
        assert terminal.received[202] == 1
    assert change.before_seconds == pytest.approx(-7200, abs=1.5)
    assert change.after_seconds == pytest.approx(0, abs=1.5)


def test_the_clock_of_another_terminal_is_not_set():
    with EmulatedTerminal(serial_number="NEW1") as terminal:
        with pytest.raises(WrongSerialError):
            set_clock(address_of(terminal), deadline_seconds=3, expected_serial="OLD1")

        assert terminal.writes == 0


def test_a_clock_that_shows_no_date_is_remarked_and_the_log_is_read():
    with EmulatedTerminal(records=5) as terminal:
        terminal.set_faults(impossible_time=True)

        reading = read(terminal)

        with pytest.raises(TerminalProtocolError, match="shows no date there is"):
            read_clock_offset(address_of(terminal), deadline_seconds=3)
        assert set_clock(address_of(terminal), deadline_seconds=3).before_seconds is None
    assert len(reading.punches) == 5
    assert (reading.terminal_time, reading.clock_offset_seconds) == (None, None)
    assert reading.remarks == ("The terminal's clock shows no date there is: set it.",)


def test_the_time_read_is_the_terminals_own():
    with EmulatedTerminal(timezone="Asia/Tokyo") as terminal:
        shown = read(terminal, zone=ZoneInfo("Asia/Tokyo")).terminal_time

    tokyo = datetime.now(ZoneInfo("Asia/Tokyo")).replace(tzinfo=None)
    assert abs((shown - tokyo).total_seconds()) < 3


@BOTH
def test_a_short_visit_to_a_terminal_that_hangs_ends_by_its_deadline(transport):
    with EmulatedTerminal() as terminal:
        terminal.set_faults(hang_on=[1100])

        with ends_within(1.9, at_least=0.6), pytest.raises(TerminalTimeoutError):
            identify(address_of(terminal, transport), deadline_seconds=0.7)
