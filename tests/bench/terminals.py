"""What reading terminals costs, beside pyzk's own way."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from zk import ZK

from attendance_edge.agent import Fleet
from attendance_edge.config import load_config
from attendance_edge.outbox import Outbox
from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import TerminalAddress, Wish, read_terminal
from tests.bench.figure import Figure

RECORDS = 50_000
TERMINALS = 30


def measure() -> Iterator[Figure]:
    """A large log, an unchanged log, and a fleet in one round."""
    yield from _large_log()
    yield from _fleet()


def _large_log() -> Iterator[Figure]:
    with EmulatedTerminal(records=RECORDS) as terminal:
        address = TerminalAddress(host="127.0.0.1", port=terminal.port, transport="tcp")
        began = perf_counter()
        first = read_terminal(address, deadline_seconds=120)
        ours = perf_counter() - began
        began = perf_counter()
        again = read_terminal(address, Wish(known=first.known), deadline_seconds=120)
        unchanged = perf_counter() - began
        assert (len(first.punches), again.method) == (RECORDS, "unchanged")
        peer = ZK("127.0.0.1", port=terminal.port, timeout=120, ommit_ping=True).connect()
        began = perf_counter()
        assert len(peer.get_attendance()) == RECORDS
        theirs = perf_counter() - began
        peer.disconnect()
    yield Figure(name=f"read {RECORDS} records", value=ours, unit="s")
    yield Figure(name="pyzk's own get_attendance / ours", value=theirs / ours, unit="x", at_least=5)
    yield Figure(
        name="read an unchanged log / a full read", value=unchanged / ours, unit="x", at_most=0.2
    )


def _fleet() -> Iterator[Figure]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fleet = [
            stack.enter_context(EmulatedTerminal(serial_number=f"EMU{n:07}", users=0))
            for n in range(TERMINALS)
        ]
        for terminal in fleet:
            _fill(terminal)
            terminal.set_faults(answer_delay=0.25)
        alone = _round(folder / "alone", fleet[:1])
        together = _round(folder / "together", fleet)
    ratio = together / alone
    name = f"{TERMINALS} terminals of 1,000 punches / the slowest alone"
    yield Figure(name=name, value=ratio, unit="x", at_most=1.5)


def _fill(terminal: EmulatedTerminal) -> None:
    first = datetime(2026, 3, 6, 6)
    for second in range(1000):
        terminal.add_punch(str(second % 50 + 1), timestamp=first + timedelta(seconds=second))


def _round(folder: Path, terminals: list[EmulatedTerminal]) -> float:
    folder.mkdir()
    config = folder / "edge.toml"
    lines = ['[cloud]\nurl = "http://127.0.0.1:9"\n[agent]\nstate_dir = "state"']
    for number, terminal in enumerate(terminals):
        lines.append(f'[[device]]\nid = "t{number}"\nname = "T"\naddress = "127.0.0.1"')
        lines.append(f'port = {terminal.port}\ntransport = "tcp"\ntimezone = "UTC"')
    config.write_text("\n".join(lines))
    with Outbox(folder / "state") as outbox:
        began = perf_counter()
        outcomes = list(Fleet(load_config(config), outbox).read_all())
        took = perf_counter() - began
    assert all(outcome.reading is not None for outcome in outcomes)
    return took
