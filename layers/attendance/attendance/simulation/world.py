"""The state of a story while it is told."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from attendance.domain.action import Action
from attendance.domain.case import Case
from attendance.domain.decision import Decision
from attendance.domain.judge import judge
from attendance.domain.judgement import Judgement
from attendance.domain.person import Leave, Person
from attendance.domain.policy import Policy
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.punch import Punch
from attendance.domain.schedule import Schedule, check_length, schedule, wall_time
from attendance.domain.shift import Shift
from attendance.simulation.event import MapNumberEvent, PunchEvent
from attendance.simulation.story import Story
from attendance.simulation.story_shift import StoryShift


class World:
    """What is known so far; judged on demand, with the domain's own function."""

    def __init__(self, story: Story, policy: Policy) -> None:
        self.site: ZoneInfo = story.timezone
        self.devices = story.devices
        self.policy = policy
        self.person = _person(story)
        self.shifts: dict[str, StoryShift] = {}
        self.punches: list[Punch] = []
        self.actions: list[Action] = []
        self.decisions: list[Decision] = []
        self.swept_at: datetime | None = None
        self._holidays = frozenset[date](story.holidays)
        self._times: dict[StoryShift, Schedule] = {}
        self._judged: Judgement | None = None

    def changed(self) -> None:
        """Forget the judgement: something new is known."""
        self._judged = None

    def judged(self) -> Judgement:
        """The judgement of all that is known."""
        if self._judged is None:
            self._judged = judge(self._case())
        return self._judged

    def map_number(self, number: str) -> None:
        """Make a device number the person's."""
        numbers = self.person.numbers or frozenset()
        self.person = replace(self.person, numbers=numbers | {number})
        self.changed()

    def times(self, shift: StoryShift) -> Schedule:
        """The scheduled instants of a shift. Raises InvalidShiftError."""
        if shift not in self._times:
            self._times[shift] = schedule(
                shift.shift_date,
                wall_time(shift.start_time),
                wall_time(shift.end_time),
                shift.timezone or self.site,
            )
        check_length(self._times[shift], self.policy)
        return self._times[shift]

    def overlapping(self, shift: StoryShift) -> bool:
        """Whether a shift overlaps another one the person is assigned to."""
        times = self.times(shift)
        return any(
            times.overlaps(self.times(other))
            for other in self.shifts.values()
            if other.assigned and other.shift_id != shift.shift_id
        )

    def _case(self) -> Case:
        assigned = [shift for shift in self.shifts.values() if shift.assigned]
        swept = {} if self.swept_at is None else {s.shift_id: self.swept_at for s in assigned}
        return Case(
            person=self.person,
            shifts=tuple(self._shift(shift) for shift in assigned),
            punches=tuple(self.punches),
            actions=tuple(self.actions),
            decisions=tuple(self.decisions),
            policies=(PolicyVersion(policy=self.policy, version=1),),
            swept_at=swept,
        )

    def _shift(self, shift: StoryShift) -> Shift:
        times = self.times(shift)
        return Shift(
            shift_id=shift.shift_id,
            shift_date=shift.shift_date,
            start=times.start,
            end=times.end,
            zone=shift.timezone or self.site,
            holiday=shift.shift_date in self._holidays,
        )


def _person(story: Story) -> Person:
    told = story.person
    return Person(
        user_id="person",
        active=told.active,
        known=told.known,
        numbers=_numbers(story),
        employed_from=told.employed_from,
        employed_to=told.employed_to,
        leaves=tuple(Leave(start=start, end=end) for start, end in told.leave),
    )


def _numbers(story: Story) -> frozenset[str]:
    """The person's device numbers; untold, all of the story but those it maps on its way."""
    if story.person.device_user_ids is not None:
        return frozenset(story.person.device_user_ids)
    punched = {e.user_id or "" for e in story.events if isinstance(e, PunchEvent)}
    return frozenset(punched - {e.user_id for e in story.events if isinstance(e, MapNumberEvent)})
