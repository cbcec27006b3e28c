"""What a consumer cannot work on is kept with its reason, and the rest goes on."""

from contextlib import suppress

from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.keys import parked_key
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import CompanyId, is_id
from attendance.runtime import Runtime
from attendance.times import to_iso

LONGEST_REASON = 1000


def park(parts: Runtime, key: tuple[str, str], error: BaseException) -> None:
    """Keep a poisonous change where a person finds it, and say so in the log."""
    at = to_iso(parts.now())
    parts.logger.exception("parked", item=f"{key[0]} {key[1]}")
    reason = f"{type(error).__name__}: {error}"[:LONGEST_REASON]
    body = {"pk": key[0], "sk": key[1], "reason": reason, "at": at}
    pk, sk = parked_key(_company_of(key[0]), at, f"{key[0]} {key[1]}")
    with suppress(ConditionFailedError):
        parts.table.save(NoteItem(pk, sk, kind="parked", body=body))


def _company_of(partition: str) -> CompanyId:
    company = partition.split("#")[1] if "#" in partition else ""
    return CompanyId(company if is_id(company) else "unknown")
