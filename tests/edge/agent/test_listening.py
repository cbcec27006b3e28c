"""Between two readings a terminal that is listened to says when to read it again."""

from __future__ import annotations

import threading
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from attendance_edge.agent import TerminalReader
from attendance_edge.agent.between import Between
from attendance_edge.agent.large_logs import Room
from attendance_edge.config import DeviceConfig
from attendance_edge.outbox import Outbox
from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import TerminalAddress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POLL_SECONDS = 8.0
REGISTER = 500


@pytest.fixture
def terminal() -> Iterator[EmulatedTerminal]:
    with EmulatedTerminal(records=5) as emulated:
        yield emulated


def reader_of(terminal: EmulatedTerminal, outbox: Outbox, *, live: bool = True) -> TerminalReader:
    address = TerminalAddress(host="127.0.0.1", port=terminal.port, transport="tcp")
    device = DeviceConfig(id="gate", name="Gate", address=address, timezone="UTC", live=live)
    return TerminalReader(device, outbox, 5, Room())


def wait_while(between: Between, meanwhile: Callable[[], None]) -> float:
    """Seconds until the wait ends, with something happening once it listens."""
    began = monotonic()
    thread = threading.Thread(target=between.wait, args=(POLL_SECONDS,), kwargs=MAY_LISTEN)
    thread.start()
    meanwhile()
    thread.join()
    return monotonic() - began


MAY_LISTEN = {"may_listen": True}


def until_listening(terminal: EmulatedTerminal) -> None:
    deadline = monotonic() + 4
    while not terminal.received[REGISTER] and monotonic() < deadline:
        sleep(0.02)
    assert terminal.received[REGISTER], "nobody listens"


def test_a_punch_ends_the_wait_and_is_read_from_the_log(
    terminal: EmulatedTerminal, outbox: Outbox
) -> None:
    reader = reader_of(terminal, outbox)
    reader.read()

    def punch() -> None:
        until_listening(terminal)
        terminal.add_punch("1")

    waited = wait_while(Between(reader, threading.Event()), punch)

    assert waited < POLL_SECONDS / 2
    assert reader.read().added == 1
    assert terminal.open_sessions == 0


def test_a_punch_that_the_terminal_did_not_keep_hastens_nothing(
    terminal: EmulatedTerminal, outbox: Outbox
) -> None:
    reader = reader_of(terminal, outbox)
    heard: list[bool] = []
    listening = threading.Thread(target=lambda: heard.append(reader.listen(2.0, lambda: False)))
    listening.start()
    until_listening(terminal)

    terminal.add_punch("1", stored=False)
    listening.join()

    assert heard == [False]


def test_whoever_wants_to_read_need_not_wait_for_the_listener(
    terminal: EmulatedTerminal, outbox: Outbox
) -> None:
    reader = reader_of(terminal, outbox)
    took: list[float] = []

    def read() -> None:
        until_listening(terminal)
        began = monotonic()
        assert reader.read(full=True, disable=True).error is None
        took.append(monotonic() - began)
        stop.set()

    stop = threading.Event()
    waited = wait_while(Between(reader, stop), read)

    assert took[0] < 2.0
    assert waited < POLL_SECONDS / 2
    assert not terminal.disabled


def test_a_terminal_that_refuses_to_be_listened_to_is_read_when_due(
    terminal: EmulatedTerminal, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    terminal.set_faults(refuse_on=[REGISTER])
    between = Between(reader_of(terminal, outbox), threading.Event())
    began = monotonic()

    between.wait(1.4, may_listen=True)
    between.wait(1.4, may_listen=True)

    assert monotonic() - began == pytest.approx(2.8, abs=0.5)
    assert len([r for r in caplog.records if "listening to terminal gate" in r.message]) == 1


def test_a_terminal_that_is_not_to_be_listened_to_is_left_alone(
    terminal: EmulatedTerminal, outbox: Outbox
) -> None:
    reader = reader_of(terminal, outbox, live=False)

    Between(reader, threading.Event()).wait(1.2, may_listen=True)

    assert not terminal.received
