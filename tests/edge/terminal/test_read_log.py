"""Reading a whole log, in every layout, over both transports."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from attendance_edge.simulator import EmulatedTerminal, EmulatedUser
from attendance_edge.terminal import TerminalPunch
from tests.edge.terminal.conversations import read, said

LAYOUTS = ["8", "8-old", "16", "40", "49"]
AT = datetime(2026, 3, 6, 9, 15, 23)


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("records", [1, 2, 25, 26, 1700])
def test_every_record_arrives_in_the_order_of_the_log(layout, transport, records):
    with EmulatedTerminal(layout=layout, records=records, users=7) as terminal:
        reading = read(terminal, transport)

    assert reading.method == "full"
    assert reading.transport == transport
    assert reading.records_on_device == records
    assert [punch.log_index for punch in reading.punches] == list(range(records))
    assert [punch.user_id for punch in reading.punches] == [
        str(index % 7 + 1) for index in range(records)
    ]
    assert [punch.punch for punch in reading.punches] == [
        index // 7 % 2 for index in range(records)
    ]
    assert {punch.status for punch in reading.punches} == {1}
    assert not reading.quarantined


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_punch_means_the_same_in_every_layout(layout):
    with EmulatedTerminal(layout=layout, user_size=28 if layout == "16" else 72) as terminal:
        terminal.add_users([EmulatedUser(uid=60, user_id="1005")])
        terminal.add_punch("1005", punch=4, status=2, timestamp=AT)
        terminal.add_punch("1", punch=1, status=1, timestamp=AT)

        punch = read(terminal).punches[0]

    assert punch == TerminalPunch(
        user_id="1005",
        timestamp=AT,
        status=2,
        punch=4,
        uid=None if layout == "16" else 60,
        log_index=0,
    )


@pytest.mark.parametrize("user_id", ["007", "A-17", "0", "maría", "123456789012345678901234"])
def test_user_ids_stay_text(user_id):
    with EmulatedTerminal() as terminal:
        terminal.add_punch(user_id, timestamp=AT)

        assert said(read(terminal)) == [(user_id, "2026-03-06 09:15:23", 0)]


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("layout", ["8", "40"])
def test_an_empty_log_is_empty_and_no_error(layout, transport):
    with EmulatedTerminal(layout=layout) as terminal:
        reading = read(terminal, transport)

        assert reading.punches == ()
        assert reading.records_on_device == 0
        assert read(terminal, transport, known=reading.known).punches == ()


def test_a_reading_says_who_answered_and_what_it_holds():
    with EmulatedTerminal(
        records=30, serial_number="CKPX1", model="MB20", firmware="Ver 6.60", capacity=50
    ) as terminal:
        reading = read(terminal)

    assert (reading.serial_number, reading.model, reading.firmware) == ("CKPX1", "MB20", "Ver 6.60")
    assert (reading.records_on_device, reading.log_capacity) == (30, 50)
    assert reading.remarks == ()
    assert reading.read_at.utcoffset().total_seconds() == 0


def test_a_log_that_is_nearly_full_is_remarked():
    with EmulatedTerminal(records=45, capacity=50) as terminal:
        assert read(terminal).remarks == ("The log is 90 % full (45 of 50 records).",)


def test_the_clock_offset_is_measured_in_the_zone_of_the_terminal():
    with EmulatedTerminal(timezone="Asia/Kolkata", clock_offset_seconds=95) as terminal:
        reading = read(terminal, zone=ZoneInfo("Asia/Kolkata"))

    assert reading.clock_offset_seconds == pytest.approx(95, abs=1.5)


def test_the_raw_log_is_handed_over_before_it_is_parsed():
    kept = []
    with EmulatedTerminal(records=3) as terminal:
        terminal.add_raw_record(b"\xff" * 40)
        reading = read(terminal, keep_raw=kept.append)
        body = terminal.device.log.body

    assert kept == [len(body).to_bytes(4, "little") + body]
    assert len(reading.quarantined) == 1


def test_a_failure_to_store_the_raw_log_is_the_callers_own_and_ends_the_session():
    def full_disk(_raw: bytes) -> None:
        raise OSError(28, "No space left on device")

    with EmulatedTerminal(records=3) as terminal:
        with pytest.raises(OSError, match="No space left"):
            read(terminal, keep_raw=full_disk)

        assert terminal.open_sessions == 0


def test_reading_writes_nothing_and_asks_for_no_templates():
    with EmulatedTerminal(layout="8", records=500) as terminal:
        for _ in range(3):
            read(terminal)

        assert terminal.writes == 0
        assert terminal.device.counters.template_reads == 0
        assert terminal.received[1003] == 0


def test_old_firmware_without_buffered_reads_is_read_the_old_way():
    with EmulatedTerminal(layout="8", records=300) as terminal:
        terminal.set_faults(no_buffered_read=True)

        assert len(read(terminal, "tcp").punches) == 300
        assert len(read(terminal, "udp").punches) == 300
        assert terminal.received[13] == 2
