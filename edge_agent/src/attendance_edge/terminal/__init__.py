"""Conversations with ZK terminals: read the log, never change it.

The only import the rest of the agent needs. Errors form the tree drawn in `errors.py`.
"""

from attendance_edge.terminal.address import TerminalAddress, Transport
from attendance_edge.terminal.disabling import Lockout
from attendance_edge.terminal.doubts import CLOCK_JUMP_SECONDS
from attendance_edge.terminal.errors import (
    CommKeyRefusedError,
    ForbiddenCommandError,
    TerminalAddressError,
    TerminalBusyError,
    TerminalConnectionLostError,
    TerminalError,
    TerminalLeftDisabledError,
    TerminalProtocolError,
    TerminalRefusedError,
    TerminalTimeoutError,
    TerminalUnreachableError,
    UnknownLayoutError,
    WrongSerialError,
)
from attendance_edge.terminal.known_log import KnownLog
from attendance_edge.terminal.live import listen
from attendance_edge.terminal.punches import LivePunch, Quarantined, TerminalPunch
from attendance_edge.terminal.reader import read_terminal
from attendance_edge.terminal.reading import ClockChange, Identity, Reading
from attendance_edge.terminal.reading_steps import Wish
from attendance_edge.terminal.visits import (
    enable_terminal,
    identify,
    read_clock_offset,
    set_clock,
)

__all__ = [
    "CLOCK_JUMP_SECONDS",
    "ClockChange",
    "CommKeyRefusedError",
    "ForbiddenCommandError",
    "Identity",
    "KnownLog",
    "LivePunch",
    "Lockout",
    "Quarantined",
    "Reading",
    "TerminalAddress",
    "TerminalAddressError",
    "TerminalBusyError",
    "TerminalConnectionLostError",
    "TerminalError",
    "TerminalLeftDisabledError",
    "TerminalProtocolError",
    "TerminalPunch",
    "TerminalRefusedError",
    "TerminalTimeoutError",
    "TerminalUnreachableError",
    "Transport",
    "UnknownLayoutError",
    "Wish",
    "WrongSerialError",
    "enable_terminal",
    "identify",
    "listen",
    "read_clock_offset",
    "read_terminal",
    "set_clock",
]
