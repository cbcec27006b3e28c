"""Versions of sibling services' objects, applied one at a time and never backwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.keys import Key, applied_version_key
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.errors import UnavailableError
from attendance.identity import CompanyId, new_id
from attendance.runtime import Runtime
from attendance.times import from_iso, to_iso

HELD_AT_MOST = timedelta(seconds=35)
"""Longer than the function may run: a holder that is over has been ended by its own limit."""
NONE_APPLIED = -1


@contextmanager
def newer_version(
    parts: Runtime, company: CompanyId, kind: str, object_id: str, version: int
) -> Iterator[bool]:
    """Whether a version is newer than the last applied; leaving the block counts it as applied.

    Within the block nobody else applies a version of the same object. An error leaves the last
    version as it was. Raises UnavailableError while another version is being applied.
    """
    place = applied_version_key(company, kind, object_id)
    note = parts.table.get(NoteItem, place)
    last = NONE_APPLIED if note is None else int(note.body["version"])
    if version <= last:
        yield False
        return
    now = parts.now()
    if note is not None and note.body["until"] and now < from_iso(note.body["until"]):
        raise _busy()
    revision = 0 if note is None else int(note.revision)
    held = to_iso(now + HELD_AT_MOST)
    _write(parts.table, place, {"version": last, "until": held}, revision)
    try:
        yield True
    except BaseException:
        _write(parts.table, place, {"version": last, "until": None}, revision + 1)
        raise
    _write(parts.table, place, {"version": version, "until": None}, revision + 1)


def _write(table: Table, place: Key, body: dict[str, object], revision: int) -> None:
    mark = new_id()
    item = NoteItem(*place, kind="applied", body={**body, "writer": mark})
    try:
        table.save(item.at_revision(revision))
    except ConditionFailedError as error:
        if not error.shows(mark):
            raise _busy() from error


def _busy() -> UnavailableError:
    return UnavailableError("throttled", "Another version of the object is being applied.")
