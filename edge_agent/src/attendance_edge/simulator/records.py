"""Log and user records in every layout seen on terminals."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from attendance_edge.simulator.clock import encode_time

LayoutName = Literal["8", "8-old", "16", "40", "49"]


@dataclass(frozen=True, kw_only=True)
class EmulatedUser:
    """A person enrolled at the terminal."""

    uid: int
    user_id: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One punch on its way into the log."""

    uid: int
    user_id: str
    timestamp: datetime
    status: int = 1
    punch: int = 0


LONGEST_USER_ID = 24
LARGEST_NUMBER = 4_294_967_294


def check_user_id(user_id: str, layout: LayoutName, user_size: int) -> None:
    """Raise ValueError for an id that this terminal's records cannot hold."""
    if not user_id or len(user_id.encode()) > LONGEST_USER_ID:
        raise ValueError(f"user_id must have 1 to {LONGEST_USER_ID} bytes")
    is_number = user_id.isascii() and user_id.isdigit() and 0 < int(user_id) <= LARGEST_NUMBER
    if (layout == "16" or user_size == 28) and not is_number:
        raise ValueError("user ids of this terminal are numbers from 1")


def _text(value: str) -> bytes:
    return value.encode()


def _encode_40(entry: LogEntry) -> bytes:
    return struct.pack(
        "<H24sBIBI4s",
        entry.uid,
        _text(entry.user_id),
        entry.status,
        encode_time(entry.timestamp),
        entry.punch,
        0,
        b"\xff\0\0\0",
    )


def _encode_49(entry: LogEntry) -> bytes:
    return _encode_40(entry) + bytes(9)


def _encode_16(entry: LogEntry) -> bytes:
    when = encode_time(entry.timestamp)
    return struct.pack("<IIBB2sI", int(entry.user_id), when, entry.punch, entry.status, b"\0\0", 0)


def _encode_8(entry: LogEntry) -> bytes:
    flags = entry.punch & 0b111 | (entry.status & 0b11) << 3
    return struct.pack("<HBBI", entry.uid, flags, 0, encode_time(entry.timestamp))


def _encode_8_old(entry: LogEntry) -> bytes:
    return struct.pack("<HBIB", entry.uid, entry.status, encode_time(entry.timestamp), entry.punch)


ENCODERS: dict[LayoutName, tuple[int, Callable[[LogEntry], bytes]]] = {
    "8": (8, _encode_8),
    "8-old": (8, _encode_8_old),
    "16": (16, _encode_16),
    "40": (40, _encode_40),
    "49": (49, _encode_49),
}


def encode_user(user: EmulatedUser, size: Literal[28, 72]) -> bytes:
    """One row of the user table; the short one knows numbers only."""
    name = _text(user.name)
    if size == 72:
        return struct.pack(
            "<HB8s24sIB4H24s", user.uid, 0, b"", name, 0, 1, 0, 0, 0, 0, _text(user.user_id)
        )
    return struct.pack("<HB5s8sIxBHI", user.uid, 0, b"", name, 0, 1, 0, int(user.user_id))


def encode_event(entry: LogEntry, length: int, when: bytes) -> bytes:
    """A real-time event of one of the lengths in the field: 10, 12, 14, 32, 36, 37, 52."""
    if length in (10, 14):
        head = struct.pack("<HBB6s", entry.uid, entry.status, entry.punch, when)
    elif length == 12:
        head = struct.pack("<IBB6s", int(entry.user_id), entry.status, entry.punch, when)
    else:
        head = struct.pack("<24sBB6s", _text(entry.user_id), entry.status, entry.punch, when)
    return head.ljust(length, b"\0")
