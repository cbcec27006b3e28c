"""A record's versions, one row each, written after the fact by the stream."""

from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import CompanyId
from attendance.model.seat import Seat
from attendance.services.present_record import record_json
from attendance.times import to_iso


def keep_history(table: Table, before: Seat | None, after: Seat) -> None:
    """Keep one version of a record: who, when, why, before and after. Again is harmless."""
    known = before.record_version if before else 0
    if after.change is None or after.verdict is None or after.record_version == known:
        return
    partition = keys.user_partition(CompanyId(after.company_id), after.user_id)
    facts = after.shift
    version = int(after.record_version)
    sort_key = keys.history_sort_key(facts.shift_date, facts.shift_id, version)
    try:
        table.save(NoteItem(partition, sort_key, kind="history", body=_row(before, after)))
    except ConditionFailedError:
        return


def _row(before: Seat | None, after: Seat) -> dict[str, Any]:
    change = after.change
    return {
        "recordVersion": int(after.record_version),
        "at": to_iso(change.at) if change else None,
        "actor": change.actor if change else None,
        "reason": change.reason if change else None,
        "before": record_json(before) if before and before.verdict else None,
        "after": record_json(after),
    }
