"""What a consumer cannot work on is kept with its reason, and the rest goes on."""

from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.keys import parked_key
from attendance.identity import CompanyId
from attendance.runtime import Runtime
from attendance.times import to_iso


def park(parts: Runtime, key: tuple[str, str], error: BaseException) -> None:
    """Keep a poisonous change where a person finds it, and say so in the log."""
    at = to_iso(parts.now())
    company = key[0].split("#")[1] if "#" in key[0] else "unknown"
    reason = f"{type(error).__name__}: {error}"
    parts.logger.exception("parked", item=f"{key[0]} {key[1]}")
    body = {"pk": key[0], "sk": key[1], "reason": reason[:1000], "at": at}
    pk, sk = parked_key(CompanyId(company), at, f"{key[0]} {key[1]}")
    parts.table.save(NoteItem(pk, sk, kind="parked", body=body))
