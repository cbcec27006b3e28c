"""Shifts and policy that change while a story is told."""

from collections.abc import Mapping

from attendance.domain.errors import InvalidPolicyError, InvalidShiftError
from attendance.domain.policy import Policy
from attendance.domain.refusal import Refusal
from attendance.simulation.event import (
    AddShiftEvent,
    AssignEvent,
    EditShiftEvent,
    SetPolicyEvent,
)
from attendance.simulation.story_error import StoryError
from attendance.simulation.story_shift import StoryShift
from attendance.simulation.world import World


def tell_new_shift(world: World, path: str, event: AddShiftEvent) -> str:
    """`ok` and the shift is there, or the code of its refusal."""
    if event.shift.shift_id in world.shifts:
        raise StoryError(f"{path}.shift.shiftId", "expected a shift that is not there yet")
    return put_shift(world, event.shift)


def tell_shift_edit(world: World, path: str, event: EditShiftEvent) -> str:
    """`ok` and the shift is moved, or the code of its refusal; then it stays as it was."""
    before = _known(world, path, event.shift_id)
    given = {name: getattr(event.set, name) for name in event.set.model_fields_set}
    after = before.model_copy(
        update={name: v for name, v in given.items() if v is not None or name == "timezone"}
    )
    if before.assigned and after.shift_date != before.shift_date:
        return Refusal.INVALID_SHIFT
    return put_shift(world, after)


def tell_assignment(world: World, path: str, event: AssignEvent) -> str:
    """`ok` and the person is assigned, or SHIFT_OVERLAP."""
    shift = _known(world, path, event.shift_id)
    return put_shift(world, shift.model_copy(update={"assigned": True}))


def put_shift(world: World, shift: StoryShift) -> str:
    """Put a shift, or answer why it cannot be."""
    try:
        world.times(shift)
    except InvalidShiftError:
        return Refusal.INVALID_SHIFT
    if shift.assigned and world.overlapping(shift):
        return Refusal.SHIFT_OVERLAP
    world.shifts[shift.shift_id] = shift
    world.changed()
    return "ok"


def impossible(world: World, shift: StoryShift, path: str) -> StoryError:
    """What is wrong with a shift that cannot be, as a mistake of the story."""
    try:
        world.times(shift)
    except InvalidShiftError as error:
        field, colon, expected = str(error).partition(": ")
        return StoryError(f"{path}.{field if colon else 'endTime'}", expected or str(error))
    raise ValueError(f"{path} is a shift that can be")


def tell_policy(world: World, path: str, event: SetPolicyEvent) -> str:
    """`ok`: the policy is changed for everything, past records included."""
    before = world.policy
    world.policy = policy_or_mistake(before, event.set, f"{path}.set")
    for shift in world.shifts.values():
        try:
            world.times(shift)
        except InvalidShiftError as error:
            raise StoryError(f"{path}.set", f"shift {shift.shift_id}: {error}") from None
    world.changed()
    return "ok"


def policy_or_mistake(policy: Policy, changes: Mapping[str, object], path: str) -> Policy:
    """The changed policy. Raises StoryError with the path of a wrong field."""
    try:
        return policy.changed(changes)
    except InvalidPolicyError as error:
        raise StoryError(f"{path}.{error.field}", f"expected {error.expected}") from None


def _known(world: World, path: str, shift_id: str) -> StoryShift:
    shift = world.shifts.get(shift_id)
    if shift is None:
        raise StoryError(f"{path}.shiftId", "expected a shift of the story")
    return shift
