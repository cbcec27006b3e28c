"""From changes of the table to judged people, each judged once a batch."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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
from attendance.identity import CompanyId
from attendance.runtime import Runtime
from attendance.services.affected_people import (
    Affected,
    after_device,
    after_owner_left,
    after_punch,
    after_seat,
    after_user,
)
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.park import park
from attendance.services.settle_verdict import Occasion
from attendance.services.stream_changes import TableChange, read_change


def judge_changes(parts: Runtime, records: Iterable[Mapping[str, Any]], *, request_id: str) -> int:
    """Judge everybody affected by a batch of stream records; how many records changed.

    Raises UnavailableError when the table is busy: the batch is then given again, and judging
    again is harmless. Any other failure is parked with its reason and does not block the rest.
    """
    waiting: dict[tuple[str, str], Affected] = {}
    for record in records:
        change = read_change(record)
        try:
            for affected in _affected(parts, change):
                _join(waiting, affected)
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - one poisonous change must not block the stream
            park(parts, change.key, error)
    return _judge_all(parts, waiting.values(), request_id)


def _join(waiting: dict[tuple[str, str], Affected], new: Affected) -> None:
    key = (str(new.company), new.scope.user_id)
    known = waiting.get(key)
    if known is None:
        waiting[key] = new
        return
    scope = Scope(
        user_id=new.scope.user_id,
        first=min(known.scope.first, new.scope.first),
        last=max(known.scope.last, new.scope.last),
    )
    by_punch = next((a for a in (new, known) if a.actor.startswith("device:")), new)
    waiting[key] = replace(by_punch, scope=scope)


def _judge_all(parts: Runtime, everybody: Iterable[Affected], request_id: str) -> int:
    facts: dict[CompanyId, CompanyFacts] = {}
    changed = 0
    for affected in everybody:
        try:
            if affected.company not in facts:
                facts[affected.company] = load_company_facts(parts.directory, affected.company)
            occasion = Occasion(
                actor=affected.actor,
                request_id=affected.request_id or request_id,
                now=parts.now(),
            )
            found = facts[affected.company]
            changed += len(judge_person(parts, found, affected.scope, occasion))
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - one poisonous change must not block the stream
            park(parts, (f"C#{affected.company}", affected.scope.user_id), error)
    return changed


def _affected(parts: Runtime, change: TableChange) -> Iterator[Affected]:
    match change.kind:
        case "punch":
            yield from _of_punch(parts, change)
        case "seat":
            yield from after_seat(*change.read(SeatItem, item_to_seat))
        case "user":
            before, after = change.read(UserItem, item_to_user)
            if after is not None:
                yield from after_user(before, after, parts.now())
        case "device":
            was, now = change.read(MemberItem, item_to_member)
            if now is not None:
                yield from after_device(parts, was, now)
        case "who" if change.after is None:
            company, number = keys.number_of_partition(change.key[0])
            after_owner_left(parts, company, number, parts.now())


def _of_punch(parts: Runtime, change: TableChange) -> Iterator[Affected]:
    before, after = change.read(PunchItem, item_to_punch)
    if after is not None and (before is None or before.released != after.released):
        yield from after_punch(parts, after)
