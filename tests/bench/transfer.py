"""What goes over the wire when a terminal is read again, counted on the socket."""

from collections.abc import Iterator

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import KnownLog, Reading, TerminalAddress, Wish, read_terminal
from tests.bench.figure import Figure
from tests.bench.relay import Relay, counted

RECORDS = 100_000
NEW = 10


def measure(records: int = RECORDS) -> Iterator[Figure]:
    """A log of so many records: unchanged, which costs the questions alone, and with ten more."""
    capacity = records + NEW
    with (
        EmulatedTerminal(records=records, capacity=capacity) as terminal,
        counted(terminal.port) as (relay, port),
    ):
        whole, first = _cost(relay, port, None)
        unchanged, second = _cost(relay, port, first.known)
        for number in range(NEW):
            terminal.add_punch(str(number % 5 + 1))
        added, third = _cost(relay, port, second.known)
    assert (first.method, second.method, third.method) == ("full", "unchanged", "tail")
    assert (len(first.punches), len(third.punches)) == (records, NEW)
    yield Figure(name=f"first reading of {records} records", value=whole / 1024, unit="KB")
    name = f"reading {records} unchanged records again"
    yield Figure(name=name, value=unchanged / 1024, unit="KB", at_most=4)
    name = f"reading {NEW} new of {records} records"
    yield Figure(name=name, value=added / 1024, unit="KB", at_most=64)


def _cost(relay: Relay, port: int, known: KnownLog | None) -> tuple[int, Reading]:
    before = relay.bytes
    address = TerminalAddress(host="127.0.0.1", port=port, transport="tcp")
    reading = read_terminal(address, Wish(known=known), deadline_seconds=60)
    return relay.bytes - before, reading
