"""The lines of an ATTLOG upload (punches.md, "ADMS / iclock push")."""

from dataclasses import dataclass
from datetime import datetime

from attendance_edge.outbox import PunchRow
from attendance_edge.terminal import Quarantined

_FORMAT = "%Y-%m-%d %H:%M:%S"
_LONGEST_USER_ID = 24
_LEAST_FIELDS = 2
NO_STATE = 255
"""The key pressed, where the terminal tells of none."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """What an upload says, line by line; `lines` counts all that are not empty."""

    punches: tuple[PunchRow, ...]
    quarantined: tuple[Quarantined, ...]

    @property
    def lines(self) -> int:
        """What the terminal wants confirmed."""
        return len(self.punches) + len(self.quarantined)


def parse_upload(body: bytes) -> Upload:
    """Lines of `user id, time, state, way of verifying, ...`, separated by tabs.

    A line that says nothing is set aside with its bytes: the terminal would send it for ever.
    """
    punches: list[PunchRow] = []
    quarantined: list[Quarantined] = []
    lines = [line for line in body.replace(b"\r", b"\n").split(b"\n") if line.strip(b" \t\0")]
    for index, line in enumerate(lines):
        try:
            punches.append(_punch(line))
        except ValueError as error:
            quarantined.append(Quarantined(raw=line, log_index=index, reason=str(error)))
    return Upload(punches=tuple(punches), quarantined=tuple(quarantined))


def _punch(line: bytes) -> PunchRow:
    fields = [field.strip(" \0") for field in line.decode("utf-8").split("\t")]
    if len(fields) < _LEAST_FIELDS:
        raise ValueError("a line of an upload without user id and time")
    user_id, timestamp = fields[:2]
    if not 1 <= len(user_id) <= _LONGEST_USER_ID or not user_id.isprintable():
        raise ValueError("the line's user id is empty or not readable text")
    if datetime.strptime(timestamp, _FORMAT).strftime(_FORMAT) != timestamp:  # noqa: DTZ007
        raise ValueError("the line's time is not YYYY-MM-DD HH:MM:SS")
    state = _byte(fields, 2, NO_STATE)
    return PunchRow(user_id, timestamp, status=_byte(fields, 3, 0), punch=state)


def _byte(fields: list[str], place: int, missing: int) -> int:
    text = fields[place] if place < len(fields) else ""
    if not text:
        return missing
    if not (text.isascii() and text.isdigit()) or int(text) > 255:
        raise ValueError("the line's state or way of verifying is no number from 0 to 255")
    return int(text)
