"""Actions and decisions as a seat keeps them, and as the rules take them."""

from collections.abc import Collection
from typing import Any

from attendance.domain.action import Action
from attendance.domain.decision import KEEP, Correction, Decision, MarkAbsent
from attendance.domain.direction import Direction
from attendance.domain.status import Status
from attendance.model.seat import Seat
from attendance.times import from_iso, optional_from_iso, optional_to_iso, to_iso

_TIMES = {"checkInTime": "check_in", "checkOutTime": "check_out"}
_TEXTS = {"absenceReason": "absence_reason", "managerNote": "manager_note"}


def actions_of(seat: Seat) -> tuple[Action, ...]:
    """The API check-ins and check-outs of a seat, in the order they were accepted."""
    return tuple(
        Action(
            action_id=kept["id"],
            shift_id=seat.shift.shift_id,
            direction=Direction(kept["direction"]),
            instant=from_iso(kept["at"]),
            actor=kept["actor"],
            absence_reason=kept.get("absenceReason"),
            manager_note=kept.get("managerNote"),
            arrival=place,
        )
        for place, kept in enumerate(seat.actions)
    )


def holds_evidence(seat: Seat, ids: Collection[str]) -> bool:
    """Whether an action or a decision of these ids is on a seat already."""
    return any(kept["id"] in ids for kept in (*seat.actions, *seat.decisions))


def action_to_json(action: Action) -> dict[str, Any]:
    """An action as a seat keeps it; words that were not said are left out."""
    values = {
        "id": action.action_id,
        "direction": action.direction.value,
        "at": to_iso(action.instant),
        "actor": action.actor,
        "absenceReason": action.absence_reason,
        "managerNote": action.manager_note,
    }
    return {name: value for name, value in values.items() if value is not None}


def decisions_of(seat: Seat) -> tuple[Decision, ...]:
    """The decisions on a seat, in the order they were made."""
    return tuple(
        _decision(kept, seat.shift.shift_id, place) for place, kept in enumerate(seat.decisions)
    )


def _decision(kept: dict[str, Any], shift_id: str, place: int) -> Decision:
    common: dict[str, Any] = {
        "decision_id": kept["id"],
        "shift_id": shift_id,
        "decided_at": from_iso(kept["at"]),
        "actor": kept["actor"],
        "arrival": place,
    }
    changes = kept["set"]
    texts = {name: changes[key] for key, name in _TEXTS.items() if key in changes}
    if kept["kind"] == "markAbsent":
        return MarkAbsent(**common, **texts)
    spoken: dict[str, Any] = {
        name: optional_from_iso(changes[key]) for key, name in _TIMES.items() if key in changes
    }
    if "status" in changes:
        spoken["status"] = changes["status"] and Status(changes["status"])
    return Correction(**common, reason=kept["reason"], **spoken, **texts)


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """A decision as a seat keeps it; a field a correction is silent about is left out."""
    names = {**_TEXTS, **(_TIMES if isinstance(decision, Correction) else {})}
    values = {key: getattr(decision, name) for key, name in names.items()}
    changes = {key: value for key, value in values.items() if value is not KEEP}
    for key in _TIMES.keys() & changes.keys():
        changes[key] = optional_to_iso(changes[key])
    if isinstance(decision, Correction) and decision.status is not KEEP:
        changes["status"] = decision.status and Status(decision.status).value
    corrects = isinstance(decision, Correction)
    return {
        "kind": "correct" if corrects else "markAbsent",
        "id": decision.decision_id,
        "at": to_iso(decision.decided_at),
        "actor": decision.actor,
        "reason": decision.reason if isinstance(decision, Correction) else None,
        "set": changes,
    }
