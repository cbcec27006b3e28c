"""Everything that bears on one person's part of the calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from attendance.domain.action import Action
from attendance.domain.decision import Decision
from attendance.domain.person import Person
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.punch import Punch
from attendance.domain.shift import Shift


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What `judge` looks at. The order inside the tuples never matters.

    `shifts` are the shifts the person is assigned to. `swept_at` is each shift's last sweep (UTC),
    by shift id; a shift never swept is not in it. `awaiting` names, by shift id, the devices of
    the site that have not yet reported past the end of the shift's window.
    """

    person: Person
    shifts: tuple[Shift, ...] = ()
    punches: tuple[Punch, ...] = ()
    actions: tuple[Action, ...] = ()
    decisions: tuple[Decision, ...] = ()
    policies: tuple[PolicyVersion, ...] = ()
    swept_at: Mapping[str, datetime] = field(default_factory=dict)
    awaiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
