"""The lines of an ATTLOG upload (punches.md, "ADMS / iclock push")."""

from dataclasses import dataclass
from datetime import datetime

_FORMAT = "%Y-%m-%d %H:%M:%S"
_LONGEST_USER_ID = 24
_LEAST_FIELDS = 2
NO_STATE = 255
"""The key pressed, where the terminal tells of none."""


@dataclass(frozen=True, kw_only=True)
class PushedPunch:
    """A line that is a punch; `timestamp` is the terminal's wall time, `YYYY-MM-DD HH:MM:SS`.

    `status` is how the person was verified, `punch` the key that was pressed, as in `Punch`.
    """

    user_id: str
    timestamp: str
    status: int
    punch: int


@dataclass(frozen=True, kw_only=True)
class UnreadableLine:
    """A line that is none: its bytes, its place among the lines from 0, and what is wrong."""

    raw: bytes
    place: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class AttlogUpload:
    """What an upload says, line by line; `lines` counts all that are not empty."""

    punches: tuple[PushedPunch, ...]
    unreadable: tuple[UnreadableLine, ...]

    @property
    def lines(self) -> int:
        """What the terminal wants confirmed."""
        return len(self.punches) + len(self.unreadable)


def parse_attlog(body: bytes) -> AttlogUpload:
    """Lines of `user id, time, state, way of verifying, ...`, separated by tabs.

    A line that says nothing is handed out with its bytes: the terminal would send it for ever.
    """
    punches: list[PushedPunch] = []
    unreadable: list[UnreadableLine] = []
    lines = [line for line in body.replace(b"\r", b"\n").split(b"\n") if line.strip(b" \t\0")]
    for place, line in enumerate(lines):
        try:
            punches.append(_punch(line))
        except ValueError as error:
            unreadable.append(UnreadableLine(raw=line, place=place, reason=str(error)))
    return AttlogUpload(punches=tuple(punches), unreadable=tuple(unreadable))


def _punch(line: bytes) -> PushedPunch:
    fields = [field.strip(" \0") for field in line.decode("utf-8").split("\t")]
    if len(fields) < _LEAST_FIELDS:
        raise ValueError("a line of an upload without user id and time")
    user_id, timestamp = fields[:2]
    if not 1 <= len(user_id) <= _LONGEST_USER_ID or not user_id.isprintable():
        raise ValueError("the line's user id is empty or not readable text")
    if datetime.strptime(timestamp, _FORMAT).strftime(_FORMAT) != timestamp:  # noqa: DTZ007
        raise ValueError("the line's time is not YYYY-MM-DD HH:MM:SS")
    state = _byte(fields, 2, NO_STATE)
    return PushedPunch(
        user_id=user_id, timestamp=timestamp, status=_byte(fields, 3, 0), punch=state
    )


def _byte(fields: list[str], place: int, missing: int) -> int:
    text = fields[place] if place < len(fields) else ""
    if not text:
        return missing
    if not (text.isascii() and text.isdigit()) or int(text) > 255:
        raise ValueError("the line's state or way of verifying is no number from 0 to 255")
    return int(text)
