"""What the explanation says of sweeps and of what managers decided, word by word."""

from typing import Any

import pytest

from attendance.domain.decision import Correction, MarkAbsent
from attendance.domain.judge import judge
from attendance.domain.status import Status
from tests.unit.domain.builders import a_case, a_policy, a_punch, at
from tests.unit.domain.explained import (
    LABELLED,
    came_in,
    decided,
    left_early,
    matched,
    on_time,
    read_as,
    said_by,
    shown,
    status,
    still_open,
    told,
    window,
    worked,
)

SWEPT = {"swept_at": {"s1": at("08:00", 7)}}
DUE = {"dueAt": shown("22:00"), "sweptAt": shown("08:00", 7)}
IN = a_punch("09:00", 0)
M2 = "an OUT with nothing open goes to the shift with the nearest scheduled end"
MARKED = "a manager marked the person absent; punches are kept as conflicts"
BOTH = "late and early at once: the policy says which is shown, the minutes of both stay"
CORRECTED = "corrected fields win over any punch, earlier or later"


def marked(made: int = 1) -> MarkAbsent:
    return MarkAbsent(decision_id=f"d{made}", shift_id="s1", decided_at=at("18:00"), arrival=made)


def corrected(made: int = 1, **fields: Any) -> Correction:
    told = {"decision_id": f"d{made}", "shift_id": "s1", "decided_at": at("18:00")}
    return Correction(**told, arrival=made, **fields)


@pytest.mark.parametrize(
    ("way", "closed_at", "worked_out", "word"),
    [
        ("closeAtShiftEnd", shown("17:00"), [worked(480)], "present"),
        ("leavePending", None, [], "present"),
        ("markAbsent", None, [], "absent"),
    ],
)
def test_a_record_left_open_tells_what_the_sweep_made_of_it(
    way, closed_at, worked_out, word
) -> None:
    case = a_case(punches=(IN,), policies=(a_policy(1, missingCheckOut=way),), **SWEPT)
    inputs = {"missingCheckOut": way, **DUE, "closedAt": closed_at}
    text = "nobody checked out by the time the sweep was due"
    missed = ("missingCheckOut", text, inputs)
    assert told(case) == [
        window(),
        came_in("09:00"),
        read_as("auto", "labelled", LABELLED, ("09:00", "in")),
        on_time("09:00"),
        missed,
        *worked_out,
        status(word),
    ]


def test_a_record_left_open_is_no_miss_before_the_sweep_is_due() -> None:
    case = a_case(punches=(IN,), swept_at={"s1": at("22:00")})
    assert [rule for rule, _, _ in told(case)][-3:] == ["onTime", "open", "status"]


def test_an_automatic_absence_tells_its_sweep() -> None:
    text = "there is no evidence and the sweep was due"
    assert told(a_case(**SWEPT)) == [
        window(),
        ("autoAbsent", text, DUE),
        status("absent"),
    ]


def test_an_absence_held_back_names_the_silent_terminal() -> None:
    text = "a terminal of the site has not reported past the window's end"
    until = {"windowEnd": shown("21:00"), "noLongerThan": shown("22:00", 7)}
    assert told(a_case(awaiting={"s1": ("yard", "gate")}, **SWEPT)) == [
        window(),
        ("awaitingDevice", text, {"device": "gate", **until}),
        status("pending"),
    ]


def test_an_absence_held_back_names_the_punches_that_have_no_shift() -> None:
    text = "a punch near the window belongs to no shift: somebody has to look at it"
    case = a_case(punches=(a_punch("06:30", 0), a_punch("06:40", 0)), **SWEPT)
    held = ["2026-03-06 06:30:00", "2026-03-06 06:40:00"]
    assert told(case) == [
        window(),
        ("heldByUnmatchedPunch", text, {"punches": held}),
        status("pending"),
    ]


def test_a_marked_absence_names_its_conflicts_and_is_a_managers_status() -> None:
    assert told(a_case(punches=(IN,), decisions=(marked(),))) == [
        window(),
        ("markedAbsent", MARKED, {"conflicts": ["2026-03-06 09:00:00"]}),
        decided("absent"),
    ]


def test_a_corrected_time_is_what_lateness_and_early_leave_look_at() -> None:
    fields = {"check_in": at("09:10"), "check_out": at("16:00")}
    punches = (IN, a_punch("17:00", 1))
    assert told(a_case(punches=punches, decisions=(corrected(**fields),))) == [
        window(),
        came_in("09:00"),
        matched("M2", M2, "17:00"),
        read_as("auto", "labelled", LABELLED, ("09:00", "in"), ("17:00", "out")),
        ("corrected", CORRECTED, {"corrections": 1}),
        on_time("09:10", 10),
        left_early("16:00", 60),
        ("lateAndEarly", BOTH, {"lateAndEarlyStatus": "leftEarly"}),
        worked(410),
        status("leftEarly"),
    ]


def test_a_corrected_status_is_a_managers_and_the_lateness_stays() -> None:
    case = a_case(punches=(a_punch("09:10", 0),), decisions=(corrected(status=Status.PRESENT),))
    assert told(case)[3:] == [
        ("corrected", CORRECTED, {"corrections": 1}),
        on_time("09:10", 10),
        still_open(),
        decided("present"),
    ]


def test_a_lifted_absence_is_no_correction_and_is_not_counted_as_one() -> None:
    decisions = (marked(1), corrected(2, check_in=at("09:00")), corrected(3, reason="train"))
    case = a_case(decisions=decisions)
    assert said_by(case, "markedAbsent", "corrected") == [
        ("corrected", CORRECTED, {"corrections": 2})
    ]
    assert judge(case).explanation("s1").decisions == decisions
