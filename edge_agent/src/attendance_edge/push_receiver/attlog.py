"""An ATTLOG upload as rows of the outbox."""

from dataclasses import dataclass

from attendance_edge.outbox import PunchRow
from attendance_edge.terminal import Quarantined
from attendance_wire import PushedPunch, UnreadableLine, parse_attlog


@dataclass(frozen=True, kw_only=True)
class Upload:
    """What is stored of an upload of so many lines."""

    punches: tuple[PunchRow, ...]
    quarantined: tuple[Quarantined, ...]
    lines: int


def parse_upload(body: bytes) -> Upload:
    """A line that says nothing is set aside with its bytes."""
    upload = parse_attlog(body)
    return Upload(
        punches=tuple(_row(punch) for punch in upload.punches),
        quarantined=tuple(_quarantined(line) for line in upload.unreadable),
        lines=upload.lines,
    )


def _row(punch: PushedPunch) -> PunchRow:
    return PunchRow(punch.user_id, punch.timestamp, status=punch.status, punch=punch.punch)


def _quarantined(line: UnreadableLine) -> Quarantined:
    return Quarantined(raw=line.raw, log_index=line.place, reason=line.reason)
