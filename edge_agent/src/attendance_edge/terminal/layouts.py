"""The record layouts seen on terminals (terminal-protocol.md, section 2) as rows of one form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from struct import Struct

Key = bytes | int
Row = tuple[int | None, Key, int, int, int]
"""uid if the record holds one, what names the person, verify, time, state."""

_TEXT_40 = Struct("<H24sBIB8x")
_TEXT_49 = Struct("<H24sBIB17x")
_NUMBER_16 = Struct("<IIBB6x")
_FLAGS_8 = Struct("<HBxI")
_OLDEST_8 = Struct("<HBIB")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One layout: its name, the bytes of a record, and how a body of records becomes rows.

    `by_uid` marks records that know only the internal number: the user table must name people.
    `workcode_at` is the offset of the u32 that holds a work code, where there is one.
    """

    name: str
    size: int
    rows: Callable[[bytes], Iterator[Row]]
    by_uid: bool = False
    workcode_at: int | None = None


def _rows_40(body: bytes) -> Iterator[Row]:
    return _TEXT_40.iter_unpack(body)


def _rows_49(body: bytes) -> Iterator[Row]:
    return _TEXT_49.iter_unpack(body)


def _rows_16(body: bytes) -> Iterator[Row]:
    for number, time, state, verify in _NUMBER_16.iter_unpack(body):
        yield None, number, verify, time, state


def _rows_8(body: bytes) -> Iterator[Row]:
    for uid, flags, time in _FLAGS_8.iter_unpack(body):
        yield uid, uid, flags >> 3 & 0b11, time, flags & 0b111


def _rows_8_oldest(body: bytes) -> Iterator[Row]:
    for uid, verify, time, state in _OLDEST_8.iter_unpack(body):
        yield uid, uid, verify, time, state


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout(name="40", size=40, rows=_rows_40, workcode_at=32),
        Layout(name="49", size=49, rows=_rows_49, workcode_at=32),
        Layout(name="16", size=16, rows=_rows_16, workcode_at=12),
        Layout(name="8", size=8, rows=_rows_8, by_uid=True),
        Layout(name="8-old", size=8, rows=_rows_8_oldest, by_uid=True),
    )
}
