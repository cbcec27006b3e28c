"""The EventBridge bus."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from botocore.config import Config
from botocore.session import Session

from attendance.errors import UnavailableError
from attendance.model.event import EVENT_SOURCE, Event

ENTRIES_A_CALL = 10
CONFIG = Config(
    connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3}
)


class EventBus:
    """Puts events on the bus; its client is made at the first use."""

    def __init__(self, name: str, region: str) -> None:
        self._name = name
        self._region = region
        self._client: Any = None

    def publish(self, events: Sequence[Event]) -> None:
        """Put all events, in order. Raises UnavailableError unless the bus took every one.

        The bus may refuse some events of a call and take others. So no two versions of a record
        go in one call: the later one is not taken before the earlier.
        """
        for call in _calls(events):
            answer = self._bus().put_events(Entries=[self._entry(event) for event in call])
            if answer["FailedEntryCount"]:
                raise UnavailableError("throttled", "The bus did not take every event.")

    def check(self) -> None:
        """Raises a botocore error when the bus is not there."""
        self._bus().describe_event_bus(Name=self._name)

    def _entry(self, event: Event) -> dict[str, Any]:
        return {
            "Source": EVENT_SOURCE,
            "DetailType": event.detail_type,
            "Detail": json.dumps(event.detail(), ensure_ascii=False),
            "EventBusName": self._name,
            "Time": event.occurred_at,
        }

    def _bus(self) -> Any:
        if self._client is None:
            self._client = Session().create_client(
                "events", region_name=self._region, config=CONFIG
            )
        return self._client


def _calls(events: Iterable[Event]) -> Iterator[list[Event]]:
    call: list[Event] = []
    versions: dict[tuple[str, str], int] = {}
    for event in events:
        entity = event.company_id, event.entity
        if len(call) == ENTRIES_A_CALL or versions.get(entity, event.version) != event.version:
            yield call
            call, versions = [], {}
        call.append(event)
        versions[entity] = event.version
    if call:
        yield call
