"""The stream is the outbox: committed changes become counts, events and history (events.md)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from attendance.adapters.bus import EventBus
from attendance.adapters.items.directory_items import MemberItem, item_to_member
from attendance.adapters.items.punch_item import PunchItem, item_to_punch
from attendance.adapters.items.seat_item import SeatItem, item_to_seat
from attendance.errors import UnavailableError
from attendance.model.event import Event
from attendance.runtime import Runtime
from attendance.services.count_records import count_records
from attendance.services.device_events import device_events
from attendance.services.park import park
from attendance.services.punch_events import punch_events
from attendance.services.record_events import record_events
from attendance.services.record_history import keep_history
from attendance.services.site_zone import zone_of_site
from attendance.services.stream_changes import TableChange, read_change


def publish_changes(parts: Runtime, bus: EventBus, records: Iterable[Mapping[str, Any]]) -> int:
    """Publish what a batch of stream records tells, in its order; the number of events.

    Raises UnavailableError when bus or table is busy: the batch is then given again, and every
    event keeps its id. Any other failure is parked with its reason.
    """
    changes = [read_change(record) for record in records]
    _count(parts, changes)
    events: list[Event] = []
    for change in changes:
        try:
            events += _events(parts, change)
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - one poisonous change must not block the stream
            park(parts, change.key, error)
    bus.publish(events)
    return len(events)


def _count(parts: Runtime, changes: Sequence[TableChange]) -> None:
    try:
        count_records(parts, changes)
    except UnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - what cannot be counted must not block the stream
        for key in {change.key for change in changes if change.kind == "seat"}:
            park(parts, key, error)


def _events(parts: Runtime, change: TableChange) -> list[Event]:
    if change.kind == "seat":
        before, after = change.read(SeatItem, item_to_seat)
        if after is None:
            return []
        keep_history(parts.table, before, after)
        return list(record_events(before, after))
    if change.kind == "punch":
        was, now = change.read(PunchItem, item_to_punch)
        if now is not None:
            return list(punch_events(was, now, _revision(change), parts.now()))
    if change.kind == "device":
        known, device = change.read(MemberItem, item_to_member)
        if device is not None:
            return list(device_events(known, device, partial(zone_of_site, parts.directory)))
    return []


def _revision(change: TableChange) -> int:
    image = change.after or {}
    return int(image["revision"]["N"])
