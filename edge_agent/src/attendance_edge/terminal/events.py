"""Real-time events: one pushed packet, one punch (terminal-protocol.md, section 4)."""

from datetime import datetime
from struct import Struct

from attendance_edge.terminal.packet import Packet
from attendance_edge.terminal.punches import LivePunch
from attendance_edge.terminal.user_ids import user_id_of

PUNCH_EVENT = 1
NOT_STORED = 0x80
NO_STATE = 0xFF
_BY_UID = Struct("<HBB6s")
_BY_NUMBER = Struct("<IBB6s")
_BY_TEXT = Struct("<24sBB6s")
_FORMS = {10: _BY_UID, 14: _BY_UID, 12: _BY_NUMBER}


def parse_event(packet: Packet) -> LivePunch | None:
    """The punch in a pushed packet; None for other events and for what makes no sense."""
    form = _FORMS.get(len(packet.data)) or (_BY_TEXT if len(packet.data) >= _BY_TEXT.size else None)
    if packet.session_field != PUNCH_EVENT or form is None:
        return None
    key, status, state, time = form.unpack_from(packet.data)
    moment = _moment(time)
    user_id = "" if form is _BY_UID else user_id_of(key)
    if moment is None or user_id is None:
        return None
    stored = state == NO_STATE or not state & NOT_STORED
    return LivePunch(
        user_id=user_id,
        timestamp=moment,
        status=status,
        punch=state if stored else state & ~NOT_STORED,
        uid=key if form is _BY_UID else None,
        stored=stored,
    )


def _moment(time: bytes) -> datetime | None:
    year, month, day, hour, minute, second = time
    try:
        return datetime(2000 + year, month, day, hour, minute, second)  # noqa: DTZ001 - wall time
    except ValueError:
        return None
