"""What is known is built on only without a doubt (terminal-protocol.md, section 3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import KnownLog
from tests.edge.terminal.conversations import read


def aged(known: KnownLog) -> KnownLog:
    return replace(known, full_compared_at=datetime.now(UTC) - timedelta(hours=25))


def from_the_future(known: KnownLog) -> KnownLog:
    return replace(known, full_compared_at=datetime.now(UTC) + timedelta(days=400))


def of_another_terminal(known: KnownLog) -> KnownLog:
    return replace(known, serial_number="ANOTHER")


def of_older_firmware(known: KnownLog) -> KnownLog:
    return replace(known, firmware="Ver 1.0")


def with_another_clock(known: KnownLog) -> KnownLog:
    return replace(known, clock_offset_seconds=3600.0)


def longer(known: KnownLog) -> KnownLog:
    return replace(known, size=known.size + 40, record_count=known.record_count + 1)


def with_another_tail(known: KnownLog) -> KnownLog:
    return replace(known, tail=bytes(len(known.tail)), size=known.size - 40)


def of_unknown_layout(known: KnownLog) -> KnownLog:
    return replace(known, layout="56")


@pytest.mark.parametrize(
    "doubt",
    [aged, from_the_future, of_another_terminal, of_older_firmware, with_another_clock, longer,
     with_another_tail, of_unknown_layout],
)  # fmt: skip
def test_every_doubt_leads_to_a_whole_reading(doubt):
    with EmulatedTerminal(records=100) as terminal:
        known = doubt(read(terminal).known)

        reading = read(terminal, known=known)

    assert reading.method == "full"
    assert len(reading.punches) == 100
    assert datetime.now(UTC) - reading.known.full_compared_at < timedelta(minutes=1)


def test_a_whole_reading_can_be_asked_for():
    with EmulatedTerminal(records=100) as terminal:
        known = read(terminal).known

        assert read(terminal, known=known, full=True).method == "full"


def test_a_tail_does_not_count_as_a_whole_comparison():
    with EmulatedTerminal(records=100) as terminal:
        first = read(terminal)
        terminal.add_punch("1")

        second = read(terminal, known=first.known)

    assert second.known.full_compared_at == first.known.full_compared_at


def test_what_is_known_survives_as_text():
    with EmulatedTerminal(records=100) as terminal:
        known = read(terminal).known

    assert KnownLog.from_json(known.to_json()) == known


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '{"size": 1}', "[" * 5000, "nonsense", '"x"', "1e999"]
)
def test_text_that_holds_nothing_known_is_nothing_known(text):
    assert KnownLog.from_json(text) is None
