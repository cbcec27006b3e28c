"""Publishes every committed change to EventBridge (events.md) and keeps count of records."""

from datetime import date
from typing import Any

from attendance.bootstrap import runtime
from attendance.identity import CompanyId
from attendance.services.publish_changes import publish_changes
from attendance.services.rebuild_counts import rebuild_counts


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, int] | None:
    """Work through a batch of the table's stream; raises when it has to be given again.

    An operator's `{"rebuildCounts": {"companyId": …, "dateFrom": …, "dateTo": …}}` counts the
    company's records of those days anew instead (docs/deploying.md).
    """
    parts = runtime()
    if "rebuildCounts" in event:
        return _rebuild(event["rebuildCounts"])
    events = publish_changes(parts, parts.bus, event["Records"])
    parts.logger.info("published", changes=len(event["Records"]), events=events)
    return None


def _rebuild(asked: dict[str, str]) -> dict[str, int]:
    names = ("companyId", "dateFrom", "dateTo")
    missing = [name for name in names if not isinstance(asked.get(name), str)]
    if missing:
        raise ValueError(f"rebuildCounts.{missing[0]}: expected a text")
    company_id, first, last = (asked[name] for name in names)
    wrong = rebuild_counts(
        runtime(), CompanyId(company_id), date.fromisoformat(first), date.fromisoformat(last)
    )
    return {"recordsSetRight": wrong}
