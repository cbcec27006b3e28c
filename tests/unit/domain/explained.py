"""Explanations as tests write them: a rule, its sentence, and what it looked at."""

from typing import Any

from attendance.domain.case import Case
from attendance.domain.judge import judge
from tests.unit.domain.builders import a_case, a_policy, a_punch

Told = tuple[str, str, dict[str, Any]]

LABELLED = "check-in is the first IN, check-out the last OUT no IN follows"
FIRST_LAST = "check-in is the first punch, check-out the last of two or more"
ALTERNATING = "check-in is the first punch, check-out the last of an even count"
DAY_OF_WORK = (a_punch("09:00", 0), a_punch("17:00", 1))


def with_policy(*punches: Any, **fields: Any) -> Case:
    """A case of the punches, or a day of work, under a policy."""
    return a_case(punches=punches or DAY_OF_WORK, policies=(a_policy(1, **fields),))


def told(case: Case, shift_id: str = "s1") -> list[Told]:
    """All that the rules say about a shift, in their order."""
    rules = judge(case).explanation(shift_id).rules
    return [(reason.rule, reason.text, dict(reason.inputs)) for reason in rules]


def said_by(case: Case, *rules: str) -> list[Told]:
    """What some of the rules say."""
    return [reason for reason in told(case) if reason[0] in rules]


def shown(clock: str, day: int = 6) -> str:
    """An instant of March 2026 as answers show it, from "09:00" or "09:00:20"."""
    return f"2026-03-{day:02}T{clock if clock.count(':') > 1 else clock + ':00'}.000Z"


def window(
    starts: str = "07:00", start: str = "09:00", end: str = "17:00", ends: str = "21:00"
) -> Told:
    return (
        "window",
        "punches from the window's start to its end, both included, may belong to the shift",
        {
            "windowStart": shown(starts),
            "start": shown(start),
            "end": shown(end),
            "windowEnd": shown(ends),
        },
    )


def matched(rule: str, text: str, clock: str, *candidates: str) -> Told:
    at = shown(clock)
    punch_id = at.removesuffix(".000Z").replace("T", " ")
    return rule, text, {"punch": punch_id, "at": at, "candidates": list(candidates or ["s1"])}


def came_in(clock: str, *candidates: str) -> Told:
    text = "an IN goes to the only shift in whose window it lies and that has not ended"
    return matched("M3", text, clock, *candidates)


def went_out(clock: str, *candidates: str) -> Told:
    text = "an OUT closes the open record with the latest check-in"
    return matched("M1", text, clock, *candidates)


def passed(clock: str, *candidates: str) -> Told:
    text = "a punch without direction goes to the only shift in whose window it lies"
    return matched("M4", text, clock, *candidates)


def read_as(asked: str, used: str, text: str, *evidence: tuple[str, str | None]) -> Told:
    seen = [{"at": shown(clock), "direction": direction} for clock, direction in evidence]
    return "directionMode", text, {"directionMode": asked, "inEffect": used, "evidence": seen}


def on_time(clock: str, late_by: int = 0, **rest: Any) -> Told:
    return (
        "late" if late_by else "onTime",
        "whole minutes after the start are more than the grace"
        if late_by
        else "whole minutes after the start are within the grace",
        {
            "checkIn": shown(clock),
            "start": shown("09:00"),
            "lateGraceMinutes": 0,
            "lateCountsFrom": "start",
            "lateByMinutes": late_by,
        }
        | rest,
    )


def left_early(clock: str, minutes: int, end: str = "17:00", grace: int = 0) -> Told:
    return (
        "leftEarly",
        "whole minutes before the end are more than the grace",
        {
            "checkOut": shown(clock),
            "end": shown(end),
            "earlyLeaveGraceMinutes": grace,
            "earlyLeaveMinutes": minutes,
        },
    )


def not_early(clock: str, day: int = 6, **rest: Any) -> Told:
    inputs = {
        "checkOut": shown(clock, day),
        "end": shown("17:00"),
        "earlyLeaveGraceMinutes": 0,
        "earlyLeaveMinutes": 0,
    }
    return "notEarly", "whole minutes before the end are within the grace", inputs | rest


def still_open(word: str = "decided") -> Told:
    text = (
        "there is no check-out yet: the policy says what is shown so long of who is on time, "
        "and who is late is late at once"
    )
    return "open", text, {"openStatus": word}


def without_check_in(clock: str) -> Told:
    text = "there is a check-out and no check-in: the record waits for one"
    return "missingCheckIn", text, {"checkOut": shown(clock)}


def worked(minutes: int, overtime: int = 0, **rest: Any) -> Told:
    inputs = {
        "workedTime": "firstLast",
        "roundingMinutes": 0,
        "countEarlyArrival": True,
        "breakMinutes": 0,
        "workedMinutes": minutes,
        "scheduledMinutes": 480,
        "overtimeThresholdMinutes": 0,
        "overtimeMinutes": overtime,
    }
    text = "elapsed time between the ends, less the unpaid break where one is due"
    return "workedTime", text, inputs | rest


def status(word: str) -> Told:
    text = "the status that check-in, check-out and the sweep lead to"
    return "status", text, {"status": word}


def decided(word: str) -> Told:
    return "status", "the status a manager decided", {"status": word}
