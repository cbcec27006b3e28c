"""A mark-absent or a correction in a story."""

from attendance.domain.decision import KEEP, Correction, MarkAbsent
from attendance.domain.refuse_decision import refuse_correction, refuse_mark_absent
from attendance.simulation.event import CorrectEvent, MarkAbsentEvent, StoryRole
from attendance.simulation.world import World


def tell_mark_absent(world: World, index: int, event: MarkAbsentEvent) -> str:
    """`ok` and the absence is decided, or the code of its refusal."""
    refused = refuse_mark_absent(
        world.judged(), event.shift_id, by_manager=event.by is not StoryRole.EMPLOYEE
    )
    if refused is not None:
        return refused
    world.decisions.append(
        MarkAbsent(
            decision_id=str(index),
            shift_id=event.shift_id,
            decided_at=event.at,
            actor=event.by,
            absence_reason=event.absence_reason,
            manager_note=event.manager_note,
            arrival=index,
        )
    )
    world.changed()
    return "ok"


def tell_correction(world: World, index: int, event: CorrectEvent, *, stale: bool) -> str:
    """`ok` and the correction holds, or the code of its refusal."""
    correction = _correction(index, event)
    refused = refuse_correction(
        world.judged(), correction, by_manager=event.by is not StoryRole.EMPLOYEE, stale=stale
    )
    if refused is not None:
        return refused
    world.decisions.append(correction)
    world.changed()
    return "ok"


def _correction(index: int, event: CorrectEvent) -> Correction:
    told, given = event.set, event.set.model_fields_set
    return Correction(
        decision_id=str(index),
        shift_id=event.shift_id,
        decided_at=event.at,
        actor=event.by,
        reason=event.reason,
        check_in=told.check_in_time if "check_in_time" in given else KEEP,
        check_out=told.check_out_time if "check_out_time" in given else KEEP,
        status=told.status if "status" in given else KEEP,
        absence_reason=told.absence_reason if "absence_reason" in given else KEEP,
        manager_note=told.manager_note if "manager_note" in given else KEEP,
        arrival=index,
    )
