"""From changes of the table to judged people, each judged once a batch."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.directory_items import (
    MemberItem,
    UserItem,
    item_to_member,
    item_to_user,
)
from attendance.adapters.items.punch_item import PunchItem, item_to_punch
from attendance.adapters.items.seat_item import SeatItem, item_to_seat
from attendance.errors import UnavailableError
from attendance.runtime import Runtime
from attendance.services import fresh_facts
from attendance.services.affected_company import after_company_change
from attendance.services.affected_people import (
    Affected,
    after_device,
    after_leave,
    after_owner_left,
    after_punch,
    after_seat,
    after_user,
)
from attendance.services.fresh_facts import FreshFacts
from attendance.services.judge_affected import MOST_IN_PLACE, judge_affected, tasks_of
from attendance.services.park import park
from attendance.services.stream_changes import TableChange, read_change


def judge_changes(parts: Runtime, records: Iterable[Mapping[str, Any]], *, request_id: str) -> int:
    """Judge everybody affected by a batch of stream records; how many records changed.

    Whom a change of the whole company affects, and more people than fit a batch, go over the
    queue. Raises UnavailableError when the table or the queue is busy: the batch is then given
    again, and judging again is harmless. Any other failure is parked with its reason and does
    not block the rest.
    """
    waiting: dict[tuple[str, str], Affected] = {}
    for record in records:
        change = read_change(record)
        try:
            for affected in _affected(parts, change, request_id):
                key = (str(affected.company), affected.user_id)
                known = waiting.get(key)
                waiting[key] = affected if known is None else known.joined(affected)
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - one poisonous change must not block the stream
            park(parts, change.key, error)
    if len(waiting) > MOST_IN_PLACE:
        parts.judge_queue.send(tasks_of(waiting.values(), request_id))
        return 0
    return _judge_all(parts, waiting.values(), request_id)


def _judge_all(parts: Runtime, everybody: Collection[Affected], request_id: str) -> int:
    facts = FreshFacts(parts.directory)
    changed = 0
    for affected in everybody:
        try:
            changed += len(judge_affected(parts, facts, affected, request_id))
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - one poisonous change must not block the stream
            park(parts, (f"C#{affected.company}", affected.user_id), error)
    return changed


def _affected(parts: Runtime, change: TableChange, request_id: str) -> Iterator[Affected]:
    match change.kind:
        case "punch":
            yield from _of_punch(parts, change)
        case "seat":
            yield from after_seat(*change.read(SeatItem, item_to_seat))
        case "user":
            before, after = change.read(UserItem, item_to_user)
            if after is not None:
                yield from after_user(parts, before, after)
        case "who" if change.after is None:
            after_owner_left(parts, *keys.number_of_partition(change.key[0]))
        case "device" | "leave" | "policy" | "holiday" | "location" | "company":
            yield from _of_member(parts, change, request_id)


def _of_punch(parts: Runtime, change: TableChange) -> Iterator[Affected]:
    before, after = change.read(PunchItem, item_to_punch)
    if after is not None and (before is None or before.released != after.released):
        yield from after_punch(parts, after)


def _of_member(parts: Runtime, change: TableChange, request_id: str) -> Iterator[Affected]:
    before, after = change.read(MemberItem, item_to_member)
    if after is None:
        return
    if change.kind == "device":
        yield from after_device(parts, before, after)
    elif change.kind == "leave":
        yield from after_leave(parts, before, after)
    else:
        tasks = after_company_change(parts.directory, (before, after), parts.now(), request_id)
        parts.judge_queue.send(tasks, delay_seconds=fresh_facts.SETTLING)
