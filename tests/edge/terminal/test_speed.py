"""Trap 9: reading a large log takes time in proportion, a hundredth of what pyzk needs."""

import gc
from collections.abc import Callable
from time import process_time

import pytest

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal.layouts import LAYOUTS
from attendance_edge.terminal.log_parser import parse_log
from tests.edge.terminal.conversations import plain_pyzk, read

pytestmark = pytest.mark.quiet


def body_of(records: int, layout: str = "40") -> bytes:
    terminal = EmulatedTerminal(records=records, users=200, layout=layout)
    return terminal.device.log.body


def cpu_seconds(work: Callable[[], object], times: int = 5) -> float:
    """The best of a few runs, so that a busy machine does not decide."""
    gc.collect()
    best = float("inf")
    for _ in range(times):
        began = process_time()
        work()
        best = min(best, process_time() - began)
    return best


@pytest.mark.parametrize("layout", ["8", "16", "40", "49"])
def test_parsing_takes_time_in_proportion_to_the_log(layout):
    users = {number: str(number) for number in range(1, 201)}
    small, large = body_of(10_000, layout), body_of(100_000, layout)
    chosen = LAYOUTS[layout]

    def ratio() -> float:
        long = cpu_seconds(lambda: parse_log(large, chosen, users=users))
        return long / cpu_seconds(lambda: parse_log(small, chosen, users=users))

    assert any(ratio() <= 15 for _ in range(3))


def test_pyzk_takes_more_than_in_proportion():
    """At 20,000 records it is slower already by far; at 100,000 it takes about 15 seconds."""
    with EmulatedTerminal(records=20_000, users=200) as terminal, plain_pyzk(terminal) as zk:
        plain = cpu_seconds(zk.get_attendance, times=1)
        ours = cpu_seconds(lambda: read(terminal), times=3)

    assert plain / ours > 5


@pytest.mark.slow
def test_100_000_records_are_parsed_a_hundred_times_faster_than_by_pyzk():
    with EmulatedTerminal(records=100_000, users=200) as terminal:
        with plain_pyzk(terminal, timeout=60) as zk:
            pyzk = cpu_seconds(zk.get_attendance, times=1)
        body = terminal.device.log.body
        ours = cpu_seconds(lambda: parse_log(body, LAYOUTS["40"]), times=5)

    assert pyzk / ours >= 100
