"""An event on its way to the bus (events.md)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from attendance.times import to_iso

EVENT_SOURCE = "attendance"
EVENT_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One fact for subscribers. The same change always makes the same `event_id`.

    `entity` and `version` name the change: a record's key and recordVersion, a punch's identity
    and revision. `occurred_at` is UTC.
    """

    detail_type: str
    company_id: str
    entity: str
    version: int
    occurred_at: datetime
    request_id: str | None
    actor: str
    data: dict[str, Any]

    @property
    def event_id(self) -> str:
        """32 hex digits derived from detail-type, entity and version; deduplicate by it."""
        content = "\n".join((self.detail_type, self.company_id, self.entity, str(self.version)))
        return sha256(content.encode()).hexdigest()[:32]

    def detail(self) -> dict[str, Any]:
        """`detail.metadata` and `detail.data`."""
        metadata = {
            "eventId": self.event_id,
            "eventVersion": EVENT_VERSION,
            "occurredAt": to_iso(self.occurred_at),
            "requestId": self.request_id,
            "companyId": self.company_id,
            "actor": self.actor,
        }
        return {"metadata": metadata, "data": self.data}
