"""A check-in or check-out in a story."""

from attendance.domain.action import Action
from attendance.domain.direction import Direction
from attendance.domain.refuse_action import refuse_check_in, refuse_check_out
from attendance.simulation.event import ActionEvent
from attendance.simulation.world import World


def tell_action(world: World, index: int, event: ActionEvent) -> str:
    """`ok` and the action is known, or the code of its refusal."""
    checks_in = event.do == "checkIn"
    refuse = refuse_check_in if checks_in else refuse_check_out
    refused = refuse(world.judged(), event.shift_id, event.at)
    if refused is not None:
        return refused
    world.actions.append(
        Action(
            action_id=str(index),
            shift_id=event.shift_id,
            direction=Direction.IN if checks_in else Direction.OUT,
            instant=event.at,
            actor=event.by,
            arrival=index,
        )
    )
    world.changed()
    return "ok"
