"""Trap 16: datagrams get lost and overtake each other, and no punch may change by it."""

import pytest

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import TerminalProtocolError
from tests.edge.terminal.conversations import plain_pyzk, read, said


def test_pyzk_returns_a_wrong_log_when_a_datagram_is_lost_and_reports_no_error():
    with EmulatedTerminal(records=3000) as terminal:
        true_log = [(p.user_id, p.timestamp) for p in read(terminal).punches]
        terminal.set_faults(udp_reorder=0.1)
        with plain_pyzk(terminal, force_udp=True) as zk:
            got = pyzk_log(zk)

        assert terminal.faults.fired["udp_reorder"] > 0
    assert got != true_log


def pyzk_log(zk):
    try:
        return [(punch.user_id, punch.timestamp) for punch in zk.get_attendance()]
    except ValueError:
        return []


@pytest.mark.parametrize("layout", ["8", "40"])
def test_a_reading_over_udp_that_overtakes_itself_is_right(layout):
    with EmulatedTerminal(records=3000, layout=layout) as terminal:
        over_tcp = said(read(terminal, "tcp"))
        terminal.set_faults(udp_reorder=0.1)

        assert said(read(terminal, "udp")) == over_tcp
        assert terminal.faults.fired["udp_reorder"] > 0


def test_a_reading_over_udp_that_loses_datagrams_is_right():
    with EmulatedTerminal(records=1200) as terminal:
        over_tcp = said(read(terminal, "tcp"))
        terminal.set_faults(udp_loss=0.05)

        assert said(read(terminal, "udp", deadline_seconds=30)) == over_tcp
        assert terminal.faults.fired["udp_loss"] > 0


def test_parts_without_an_index_must_come_twice_alike():
    with EmulatedTerminal(records=1000) as terminal:
        over_tcp = said(read(terminal, "tcp"))
        before = terminal.received[1504]
        terminal.set_faults(unindexed_data=True)

        assert said(read(terminal, "udp")) == over_tcp
        assert terminal.received[1504] - before == 2 * 3


def test_parts_without_an_index_that_overtake_each_other_are_not_believed():
    with EmulatedTerminal(records=1000) as terminal:
        over_tcp = said(read(terminal, "tcp"))
        terminal.set_faults(unindexed_data=True, udp_reorder=0.02)

        try:
            got = said(read(terminal, "udp", deadline_seconds=20))
        except TerminalProtocolError:
            got = over_tcp
        assert got == over_tcp
