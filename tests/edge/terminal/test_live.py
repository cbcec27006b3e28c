"""Traps 18 to 21: events in every form, whole, acknowledged, and never a reason to stop."""

import threading
from datetime import datetime
from time import monotonic, sleep

import pytest

from attendance_edge.simulator import EmulatedTerminal, EmulatedUser
from attendance_edge.terminal import (
    LivePunch,
    TerminalConnectionLostError,
    WrongSerialError,
    listen,
)
from tests.edge.terminal.conversations import address_of, plain_pyzk, read
from tests.waiting import ends_within

AT = datetime(2026, 3, 6, 9, 15, 23)


def heard(terminal, work, *, transport="tcp", wanted=1, seconds=20.0):
    """What is heard when `work` is done while somebody listens."""
    punches = []
    worker = threading.Thread(target=_when_listening, args=(terminal, work))
    worker.start()
    address = address_of(terminal, transport)
    for punch in listen(address, seconds=seconds, stopped=lambda: len(punches) >= wanted):
        punches.append(punch)
    worker.join()
    return punches


def _when_listening(terminal, work):
    until = monotonic() + 20
    while not terminal.listeners and monotonic() < until:
        sleep(0.005)
    work()


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("length", [10, 12, 14, 32, 36, 37, 52])
def test_an_event_of_every_length_is_understood(length, transport):
    with EmulatedTerminal(event_length=length) as terminal:
        terminal.add_users([EmulatedUser(uid=60, user_id="1005")])

        punches = heard(
            terminal,
            lambda: terminal.add_punch("1005", punch=1, status=15, timestamp=AT),
            transport=transport,
        )

    uid = 60 if length in (10, 14) else None
    assert punches == [
        LivePunch(user_id="1005", timestamp=AT, status=15, punch=1, uid=uid, stored=True)
    ]


def test_pyzk_fails_on_an_event_of_37_bytes():
    with EmulatedTerminal(event_length=37) as terminal, plain_pyzk(terminal) as zk:
        capture = zk.live_capture(new_timeout=0.2)
        assert next(capture) is None
        terminal.add_punch("A-1")

        with pytest.raises(UnboundLocalError):
            next(capture)


def test_many_punches_at_once_are_all_heard_in_order():
    with EmulatedTerminal() as terminal:
        terminal.set_faults(split_bytes=5)
        people = [str(number % 5 + 1) for number in range(20)]

        punches = heard(
            terminal, lambda: [terminal.add_punch(user_id) for user_id in people], wanted=20
        )

        assert [punch.user_id for punch in punches] == people
        assert terminal.device.counters.event_acks == 20
        assert terminal.open_sessions == 0


def test_a_punch_that_the_terminal_did_not_store_is_marked():
    with EmulatedTerminal() as terminal:
        (punch,) = heard(terminal, lambda: terminal.add_punch("1", punch=1, stored=False))

        assert (punch.punch, punch.stored) == (1, False)
        assert read(terminal).punches == ()


def test_a_terminal_without_state_keys_stores_what_it_says():
    with EmulatedTerminal() as terminal:
        (punch,) = heard(terminal, lambda: terminal.add_punch("1", punch=255))

    assert (punch.punch, punch.stored) == (255, True)


def test_listening_ends_by_itself_and_leaves_nothing_behind():
    with EmulatedTerminal() as terminal:
        with ends_within(1.9, at_least=0.6):
            assert list(listen(address_of(terminal), seconds=0.7)) == []

        assert not terminal.listeners
        assert terminal.open_sessions == 0
        assert terminal.writes == 0


def test_listening_can_be_broken_off():
    with EmulatedTerminal() as terminal:
        punches = listen(address_of(terminal), seconds=30)
        worker = threading.Thread(
            target=_when_listening, args=(terminal, lambda: terminal.add_punch("1"))
        )
        worker.start()
        next(punches)
        punches.close()
        worker.join()

        assert terminal.open_sessions == 0
        assert len(read(terminal).punches) == 1


def test_a_lost_line_is_an_error_and_what_was_missed_is_in_the_log():
    with EmulatedTerminal() as terminal:
        punches = listen(address_of(terminal), seconds=30)
        worker = threading.Thread(target=_when_listening, args=(terminal, terminal.restart))
        worker.start()
        with ends_within(5.7), pytest.raises(TerminalConnectionLostError):
            next(punches)
        worker.join()
        terminal.add_punch("3")

        assert [punch.user_id for punch in read(terminal).punches] == ["3"]


def test_another_terminal_is_not_listened_to():
    with EmulatedTerminal(serial_number="NEW1") as terminal, pytest.raises(WrongSerialError):
        next(listen(address_of(terminal), seconds=5, expected_serial="OLD1"))


def test_a_reading_waits_until_listening_ends():
    with EmulatedTerminal(records=5) as terminal:
        listener = threading.Thread(target=lambda: list(listen(address_of(terminal), seconds=0.8)))
        listener.start()
        while not terminal.listeners:
            sleep(0.005)
        terminal.set_faults(reject_second_session=True)

        assert len(read(terminal).punches) == 5
        listener.join()
        assert terminal.faults.fired["reject_second_session"] == 0
