"""What to do about a terminal that cannot be read, remembered beside its error."""

from collections.abc import Mapping

from attendance_edge.outbox import Outbox


def note_mend(outbox: Outbox, device_id: str, mend: str) -> None:
    """Remember it for people; writes only what is new."""
    if (outbox.note(_name(device_id)) or "") != mend:
        outbox.keep_note(_name(device_id), mend)


def read_mend(notes: Mapping[str, str], device_id: str) -> str:
    """For the terminal's last error, from the outbox's notes; "" where nobody knows."""
    return notes.get(_name(device_id), "")


def _name(device_id: str) -> str:
    return f"to mend: {device_id}"
