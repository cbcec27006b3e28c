"""What a seat keeps of actions and changes, in few bytes: positions in place of names.

A seat is written whenever somebody comes or goes and costs a unit for each kilobyte, in the table
and again in its list (docs/decisions/0009).
"""

import base64
import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from attendance.adapters.items.attributes import from_milliseconds, to_milliseconds
from attendance.model.seat import Change
from attendance.times import from_iso, to_iso

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEX = re.compile(r"[0-9a-f]{32}")
_WITH_DASHES, _PLAIN, _AS_IS = "~", "^", "="
_PERSON = "user:"
_WORDS = ("absenceReason", "managerNote")


def pack_id(text: str) -> str:
    """A UUID, with dashes or without, as 23 characters; any other text nearly as it is."""
    if _UUID.fullmatch(text) or _HEX.fullmatch(text):
        digits = base64.urlsafe_b64encode(uuid.UUID(text).bytes).decode().rstrip("=")
        return (_WITH_DASHES if "-" in text else _PLAIN) + digits
    return _AS_IS + text if text.startswith((_WITH_DASHES, _PLAIN, _AS_IS)) else text


def unpack_id(packed: str) -> str:
    """The text that was packed."""
    mark, rest = packed[:1], packed[1:]
    if mark == _AS_IS:
        return rest
    if mark not in {_WITH_DASHES, _PLAIN}:
        return packed
    value = uuid.UUID(bytes=base64.urlsafe_b64decode(f"{rest}=="))
    return str(value) if mark == _WITH_DASHES else value.hex


def _pack_actor(actor: str, own_id: str) -> str:
    if not actor.startswith(_PERSON):
        return actor
    user_id = actor.removeprefix(_PERSON)
    return "" if user_id == own_id else f":{pack_id(user_id)}"


def _unpack_actor(packed: str, own_id: str) -> str:
    if packed == "":
        return _PERSON + own_id
    return _PERSON + unpack_id(packed[1:]) if packed.startswith(":") else packed


def pack_action(action: dict[str, Any], own_id: str) -> list[Any]:
    """Id, direction, instant in ms, actor (empty for the seat's own person), then the words."""
    at = to_milliseconds(from_iso(action["at"]))
    actor = _pack_actor(action["actor"], own_id)
    words = [action.get(name) for name in _WORDS]
    return _short([pack_id(action["id"]), action["direction"], at, actor, *words])


def unpack_action(packed: Sequence[Any], own_id: str) -> dict[str, Any]:
    """The action as a seat has it; words that were not said are left out."""
    id_, direction, at, actor, *words = packed
    told = dict(zip(_WORDS, words, strict=False))
    return {
        "id": unpack_id(id_),
        "direction": direction,
        "at": to_iso(from_milliseconds(at)),
        "actor": _unpack_actor(actor, own_id),
        **{name: word for name, word in told.items() if word is not None},
    }


def pack_change(change: Change, own_id: str, updated_at: datetime | None) -> list[Any]:
    """Kind, actor, request, cause, reason, and the instant unless it is that of the update."""
    at = None if change.at == updated_at else to_milliseconds(change.at)
    actor = _pack_actor(change.actor, own_id)
    request = pack_id(change.request_id)
    return _short([change.kind, actor, request, change.cause, change.reason, at])


def unpack_change(packed: Sequence[Any], own_id: str, updated_at: datetime | None) -> Change:
    """The change a seat has."""
    kind, actor, request, cause, reason, at = (*packed, None, None, None)[:6]
    instant = updated_at if at is None else from_milliseconds(at)
    if instant is None:
        raise ValueError("a change without its instant")
    return Change(
        kind=kind,
        actor=_unpack_actor(actor, own_id),
        request_id=unpack_id(request),
        at=instant,
        cause=cause,
        reason=reason,
    )


def _short(values: list[Any]) -> list[Any]:
    while values and values[-1] is None:
        values.pop()
    return values
