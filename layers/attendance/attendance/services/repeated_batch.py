"""An upload that was stored whole is known again by its content (punches.md).

Nothing depends on it: without it the same rows are found to be duplicates one by one.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.services.ingest_punches import Receipt

KEPT = timedelta(days=7)


def batch_digest(text: str) -> str | None:
    """What stands for the reports and punches of an upload, whenever and as what it is sent.

    None for one without punches, and for what is no upload.
    """
    try:
        body = json.loads(text)
        content = json.dumps([body["devices"], body["punches"]], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest() if body["punches"] else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def remember_batch(
    table: Table, key: keys.Key, batch: dict[str, Any], receipt: Receipt, now: datetime
) -> None:
    """Note that every row of an upload is stored, once that is so, for a week.

    One with a rejected row is looked at again: it may be good by then.
    """
    if receipt.rejected:
        return
    body = {"rows": len(batch["punches"])}
    expires_at = int((now + KEPT).timestamp())
    try:
        table.save(NoteItem(*key, kind="batch", body=body, expires_at=expires_at))
    except ConditionFailedError:
        return


def receipt_of_repeat(known: NoteItem) -> Receipt:
    """What the same upload gets again: all of it was stored before."""
    return Receipt(accepted=0, duplicates=int(known.body["rows"]), rejected=())
