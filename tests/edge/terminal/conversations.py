"""Short ways to say what the terminal tests say often."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from zk import ZK

from attendance_edge.terminal import Lockout, Reading, TerminalAddress, Wish, read_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from attendance_edge.simulator import EmulatedTerminal

DEADLINE = 5.0


def address_of(terminal: EmulatedTerminal, transport: str = "tcp", **more: Any) -> TerminalAddress:
    return TerminalAddress(host=terminal.host, port=terminal.port, transport=transport, **more)


def read(
    terminal: EmulatedTerminal,
    transport: str = "tcp",
    *,
    deadline_seconds: float = DEADLINE,
    lockout: Lockout | None = None,
    **wishes: Any,
) -> Reading:
    return read_terminal(
        address_of(terminal, transport),
        Wish(**wishes),
        deadline_seconds=deadline_seconds,
        lockout=lockout,
    )


def read_with_key(terminal: EmulatedTerminal, transport: str, key: int) -> Reading:
    address = address_of(terminal, transport, comm_key=key)
    return read_terminal(address, deadline_seconds=DEADLINE)


def said(reading: Reading) -> list[tuple[str, str, int]]:
    """Who punched, when and which key, in the order of the log."""
    return [(p.user_id, f"{p.timestamp:%Y-%m-%d %H:%M:%S}", p.punch) for p in reading.punches]


@contextmanager
def plain_pyzk(terminal: EmulatedTerminal, **more: Any) -> Iterator[Any]:
    """pyzk as it comes, connected, to show what it does with the same terminal."""
    more.setdefault("timeout", 1)
    zk = ZK(terminal.host, port=terminal.port, ommit_ping=True, **more)
    zk._ZK__sock.close()
    try:
        zk.connect()
        yield zk
    finally:
        zk._ZK__sock.close()
