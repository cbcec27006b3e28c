"""Traps 10 to 13: one bad record spoils itself and nothing else, and layouts are not guessed."""

import struct
from datetime import datetime

import pytest

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.simulator.clock import encode_time
from attendance_edge.terminal import UnknownLayoutError
from tests.edge.terminal.conversations import plain_pyzk, read

NOW = encode_time(datetime(2026, 3, 6, 9, 0, 0))
FEBRUARY_31 = encode_time(datetime(2026, 2, 28, 9, 0, 0)) + 3 * 86_400


def record_40(user_id: bytes = b"5", time: int = NOW) -> bytes:
    return struct.pack("<H24sBIBI4s", 5, user_id, 1, time, 0, 0, b"\xff\0\0\0")


def people_of(zk) -> set[str]:
    """The people pyzk finds in a log; nobody when it trips over the garbage it made of it."""
    try:
        return {punch.user_id for punch in zk.get_attendance()}
    except ValueError:
        return set()


def test_pyzk_loses_a_whole_log_to_one_impossible_date():
    with EmulatedTerminal(records=5) as terminal, plain_pyzk(terminal) as zk:
        terminal.add_raw_record(record_40(time=FEBRUARY_31))

        with pytest.raises(ValueError, match="day is out of range"):
            zk.get_attendance()


def test_an_impossible_date_is_quarantined_with_its_bytes_and_the_rest_is_read():
    with EmulatedTerminal(records=5) as terminal:
        terminal.add_raw_record(record_40(time=FEBRUARY_31))
        terminal.add_punch("2")

        reading = read(terminal)

    assert [punch.log_index for punch in reading.punches] == [0, 1, 2, 3, 4, 6]
    (bad,) = reading.quarantined
    assert (bad.raw, bad.log_index) == (record_40(time=FEBRUARY_31), 5)
    assert bad.reason == "the record's date is none that a terminal can show"


@pytest.mark.parametrize("user_id", [b"", b"\x01\x02", b"\xff\xfe5", b" 5"])
def test_a_record_that_names_nobody_is_quarantined(user_id):
    with EmulatedTerminal(records=5) as terminal:
        terminal.add_raw_record(record_40(user_id=user_id))

        reading = read(terminal)

    assert len(reading.punches) == 5
    assert [bad.raw for bad in reading.quarantined] == [record_40(user_id=user_id)]


@pytest.mark.parametrize("layout", ["8", "16", "40", "49"])
def test_one_damaged_record_in_a_small_log_does_not_change_the_layout(layout):
    with EmulatedTerminal(layout=layout, records=2) as terminal:
        known = read(terminal).known
        terminal.add_raw_record(b"\xee" * terminal.device.log.record_size)

        whole, tail = read(terminal), read(terminal, known=known)

    assert [len(whole.punches), len(whole.quarantined)] == [2, 1]
    assert [len(tail.punches), len(tail.quarantined)] == [0, 1]


def test_pyzk_invents_punches_when_somebody_punches_while_it_reads():
    with EmulatedTerminal(layout="16", records=100) as terminal, plain_pyzk(terminal) as zk:
        terminal.set_faults(racing_punches=1)

        assert people_of(zk) != {"1", "2", "3", "4", "5"}


@pytest.mark.parametrize("layout", ["8", "8-old", "16", "40", "49"])
@pytest.mark.parametrize("records", [4, 99, 100])
def test_punches_that_race_the_reading_change_no_record(layout, records):
    with EmulatedTerminal(layout=layout, records=records, users=4) as terminal:
        terminal.set_faults(racing_punches=1)

        reading = read(terminal)

        assert terminal.faults.fired["racing_punches"] >= 1
    assert len(reading.punches) == records + 1
    assert [punch.user_id for punch in reading.punches[:4]] == ["1", "2", "3", "4"]
    assert not reading.quarantined


def test_pyzk_reads_49_byte_records_as_40():
    with EmulatedTerminal(layout="49", records=40) as terminal, plain_pyzk(terminal) as zk:
        assert people_of(zk) != {"1", "2", "3", "4", "5"}


def test_an_internal_number_without_a_user_is_quarantined_and_never_guessed():
    with EmulatedTerminal(layout="8", records=10, users=2) as terminal:
        terminal.add_raw_record(struct.pack("<HBBI", 77, 8, 0, NOW))

        reading = read(terminal)

    assert len(reading.punches) == 10
    assert reading.quarantined[0].reason == (
        "internal number 77 is not in the terminal's user table"
    )


def test_a_log_without_any_sense_is_an_error_whose_bytes_were_kept():
    kept = []
    with EmulatedTerminal() as terminal:
        for _ in range(10):
            terminal.add_raw_record(b"\xff" * 40)

        with pytest.raises(UnknownLayoutError, match="no record layout known here"):
            read(terminal, keep_raw=kept.append)

    assert len(kept[0]) == 404


def test_a_terminal_whose_clock_died_is_still_read():
    with EmulatedTerminal() as terminal:
        for second in range(20):
            terminal.add_punch("3", timestamp=datetime(2000, 1, 1, 0, 0, second))

        assert {punch.timestamp.year for punch in read(terminal).punches} == {2000}
