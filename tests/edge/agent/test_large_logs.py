"""Large logs take turns, so that a fleet's first day fits into memory; small ones never wait."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from attendance_edge.agent import TerminalReader
from attendance_edge.agent.large_logs import SMALL_RECORDS, NoRoomError, Place, Room
from attendance_edge.config import DeviceConfig
from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import TerminalAddress
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from attendance_edge.outbox import Outbox

DISABLE, ENABLE, READ = 1003, 1002, 1504
LARGE = SMALL_RECORDS + 500


@pytest.fixture
def reader(outbox: Outbox) -> Iterator[Callable[..., tuple[EmulatedTerminal, TerminalReader]]]:
    with ExitStack() as stack:

        def start(name: str, room: Room, records: int, **options: bool):
            terminal = stack.enter_context(EmulatedTerminal(records=records))
            address = TerminalAddress(host=terminal.host, port=terminal.port, transport="tcp")
            device = DeviceConfig(id=name, name=name, address=address, timezone="UTC", **options)
            return terminal, TerminalReader(device, outbox, 5, room)

        yield start


def test_logs_that_do_not_fit_together_are_read_one_after_the_other(
    outbox: Outbox, reader: Callable[..., tuple[EmulatedTerminal, TerminalReader]]
) -> None:
    room = Room(LARGE)
    readers = [reader(f"t{n}", room, LARGE)[1] for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda one: one.read(), readers))
    assert [one.added for one in outcomes] == [LARGE] * 4
    assert outbox.summary().queued == 4 * LARGE


def test_while_a_log_waits_people_can_punch_and_what_is_small_is_read(
    outbox: Outbox, reader: Callable[..., tuple[EmulatedTerminal, TerminalReader]]
) -> None:
    room = Room(LARGE)
    waiting, large = reader("large", room, LARGE, disable_during_read=True)
    _, small = reader("small", room, 30)
    with ThreadPoolExecutor(1) as pool:
        with Place(room) as elsewhere:
            elsewhere.ask(LARGE)
            reading = pool.submit(large.read)
            until(lambda: waiting.received[ENABLE] == 1 and waiting.open_sessions == 0)
            assert not waiting.disabled
            assert small.read().added == 30
            assert not reading.done()
        assert reading.result(10).added == LARGE
    assert waiting.received[DISABLE] == waiting.received[ENABLE] == 2


def test_a_log_larger_than_all_the_room_is_read_alone() -> None:
    room = Room(5_000)
    with Place(room) as first:
        first.ask(4_000)
        with Place(room) as huge, pytest.raises(NoRoomError):
            huge.ask(9_000)
    with Place(room) as huge:
        huge.ask(9_000)


def test_who_came_first_is_served_first_and_who_gives_up_leaves_the_line() -> None:
    room = Room(5_000)
    served: list[str] = []
    gone = threading.Event()

    def stand_in_line(name: str, given_up: Callable[[], bool]) -> None:
        with Place(room) as place:
            if place.wait(4_000, given_up):
                served.append(name)

    with Place(room) as first:
        first.ask(4_000)
        threads = []
        for name, given_up in (("a", gone.is_set), ("b", bool), ("c", bool)):
            threads.append(threading.Thread(target=stand_in_line, args=(name, given_up)))
            threads[-1].start()
            time.sleep(0.05)
        gone.set()
        threads[0].join(5)
    for thread in threads:
        thread.join(5)
    assert served == ["b", "c"]
