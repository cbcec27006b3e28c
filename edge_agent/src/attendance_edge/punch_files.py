"""Punches in files: a terminal's USB export, or CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attendance_edge.outbox import PunchRow

USB_COLUMNS = ("user_id", "timestamp", "-", "punch", "status", "-")
"""`attlog.dat`: user id, time, number of the machine, key pressed, way of verifying, work code."""

_NEEDED = ("user_id", "timestamp", "status", "punch")
_FORMAT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A line, counted from 1, that is no punch, and why."""

    line: int
    reason: str


class PunchFileError(ValueError):
    """The file as a whole is none of the known kinds."""


def read_punches(text: str, columns: Sequence[str] = ()) -> Iterator[PunchRow | Unreadable]:
    """Each line's punch, or what is wrong with it.

    CSV has a header line that names `user_id`, `timestamp`, `status` and `punch` in any order;
    any other file is taken for a USB export with `columns` (`USB_COLUMNS` if empty).
    """
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    if not columns and "user_id" in first:
        return _from_csv(text.lstrip("\ufeff"))
    names = tuple(columns) or USB_COLUMNS
    if missing := [name for name in _NEEDED if name not in names]:
        raise PunchFileError(f"the columns do not name {', '.join(missing)}")
    return _from_export(text.lstrip("\ufeff"), names)


def _from_csv(text: str) -> Iterator[PunchRow | Unreadable]:
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip() for name in next(reader)]
    if missing := [name for name in _NEEDED if name not in names]:
        raise PunchFileError(f"the header does not name {', '.join(missing)}")
    return _rows(_numbered(reader), names)


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise PunchFileError(f"line {reader.line_num}: {error}") from error


def _from_export(text: str, names: Sequence[str]) -> Iterator[PunchRow | Unreadable]:
    lines = enumerate(text.splitlines(), start=1)
    return _rows(((number, line.split("\t")) for number, line in lines), names)


def _rows(
    lines: Iterable[tuple[int, list[str]]], names: Sequence[str]
) -> Iterator[PunchRow | Unreadable]:
    for number, values in lines:
        if not "".join(values).strip():
            continue
        if len(values) < len(names):
            yield Unreadable(line=number, reason=f"{len(values)} columns; expected {len(names)}")
            continue
        fields = dict(zip(names, (value.strip() for value in values), strict=False))
        try:
            yield _punch(fields)
        except ValueError as error:
            yield Unreadable(line=number, reason=str(error))


def _punch(fields: dict[str, str]) -> PunchRow:
    user_id, timestamp = fields["user_id"], fields["timestamp"]
    if not 1 <= len(user_id) <= 64 or not user_id.isprintable():
        raise ValueError("user_id: expected 1 to 64 printable characters")
    try:
        good = datetime.strptime(timestamp, _FORMAT).strftime(_FORMAT) == timestamp  # noqa: DTZ007
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"timestamp: expected YYYY-MM-DD HH:MM:SS, got {timestamp[:40]!r}")
    return PunchRow(
        user_id, timestamp, _byte("status", fields["status"]), _byte("punch", fields["punch"])
    )


def _byte(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 255:
        raise ValueError(f"{name}: expected a number from 0 to 255, got {text[:40]!r}")
    return int(text)
