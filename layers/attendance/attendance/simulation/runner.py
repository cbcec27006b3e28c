"""Tell a story event by event, and answer with outcomes and records."""

from typing import Any

from attendance.domain.policy import Policy
from attendance.domain.refusal import Refusal
from attendance.simulation.answer import records_of
from attendance.simulation.event import (
    ActionEvent,
    AddShiftEvent,
    AssignEvent,
    CorrectEvent,
    EditShiftEvent,
    Event,
    MapNumberEvent,
    MarkAbsentEvent,
    PunchEvent,
    SetPolicyEvent,
    SweepEvent,
)
from attendance.simulation.reading_story import read_story
from attendance.simulation.story import Story
from attendance.simulation.story_error import StoryError
from attendance.simulation.tell_action import tell_action
from attendance.simulation.tell_decision import tell_correction, tell_mark_absent
from attendance.simulation.tell_punch import PunchTeller
from attendance.simulation.tell_schedule import (
    impossible,
    policy_or_mistake,
    put_shift,
    tell_assignment,
    tell_new_shift,
    tell_policy,
    tell_shift_edit,
)
from attendance.simulation.versions import Versions
from attendance.simulation.world import World


def simulate(story: object) -> dict[str, Any]:
    """Verdicts on a story (a JSON value as in simulate.md): `{"outcomes": […], "records": […]}`.

    Judged by the very function that judges real records. Raises StoryError for a malformed story.
    """
    told = read_story(story)
    run = _Run(told)
    for index, event in enumerate(told.events):
        run.tell(index, event)
    return run.answer()


class _Run:
    def __init__(self, story: Story) -> None:
        self._world = _first_world(story)
        self._punches = PunchTeller(self._world)
        self._counts = any(
            isinstance(e, CorrectEvent) and isinstance(e.record_version, int) for e in story.events
        )
        self._versions = Versions()
        self._outcomes: list[str | None] = []
        self._answered: dict[tuple[str, str], str | None] = {}

    def tell(self, index: int, event: Event) -> None:
        """Take one event; the same idempotency key gets the same answer and changes nothing."""
        key = getattr(event, "idempotency_key", None)
        if key is not None and (event.do, key) in self._answered:
            self._outcomes.append(self._answered[event.do, key])
            return
        outcome = self._take(index, event)
        self._outcomes.append(outcome)
        if key is not None:
            self._answered[event.do, key] = outcome
        if self._counts:
            self._versions.note(self._world.judged())

    def answer(self) -> dict[str, Any]:
        """Punches have the outcome they have now that everything is known."""
        judged = self._world.judged()
        outcomes = [
            judged.outcomes[str(index)].outcome if outcome is None else outcome
            for index, outcome in enumerate(self._outcomes)
        ]
        records = records_of(judged, list(self._world.shifts))
        return {"outcomes": [str(outcome) for outcome in outcomes], "records": records}

    def _take(self, index: int, event: Event) -> str | None:
        world = self._world
        match event:
            case PunchEvent():
                return self._punches.tell(index, event)
            case ActionEvent():
                return tell_action(world, index, event)
            case MarkAbsentEvent():
                return tell_mark_absent(world, index, event)
            case CorrectEvent():
                return tell_correction(world, index, event, stale=self._stale(event))
            case _:
                return self._take_change(f"events[{index}]", event)

    def _take_change(self, path: str, event: Event) -> str:
        world = self._world
        match event:
            case SetPolicyEvent():
                return tell_policy(world, path, event)
            case AddShiftEvent():
                return tell_new_shift(world, path, event)
            case EditShiftEvent():
                return tell_shift_edit(world, path, event)
            case AssignEvent():
                return tell_assignment(world, path, event)
            case MapNumberEvent():
                world.map_number(event.user_id)
            case SweepEvent():
                world.swept_at = max(event.at, world.swept_at or event.at)
                world.changed()
        return "ok"

    def _stale(self, event: CorrectEvent) -> bool:
        if isinstance(event.record_version, int):
            return event.record_version != self._versions.of(event.shift_id)
        return event.record_version == "stale"


def _first_world(story: Story) -> World:
    """The world before the first event. Raises StoryError for shifts that cannot be."""
    world = World(story, policy_or_mistake(Policy(), story.policy, "policy"))
    for index, shift in enumerate(story.shifts):
        if shift.shift_id in world.shifts:
            raise StoryError(f"shifts[{index}].shiftId", "expected another id for another shift")
        match put_shift(world, shift):
            case Refusal.INVALID_SHIFT:
                raise impossible(world, shift, f"shifts[{index}]")
            case Refusal.SHIFT_OVERLAP:
                raise StoryError(f"shifts[{index}]", "expected no overlap with an earlier shift")
    return world
