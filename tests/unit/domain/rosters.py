"""Random calendars of one person, on days when clocks change, for property tests."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from attendance.domain.action import Action
from attendance.domain.case import Case
from attendance.domain.decision import KEEP, Correction, Decision, MarkAbsent
from attendance.domain.direction import Direction
from attendance.domain.person import Leave, Person
from attendance.domain.policy import policy_from
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.punch import Punch
from attendance.domain.schedule import schedule
from attendance.domain.shift import Shift
from attendance.domain.status import Status
from attendance.domain.zones import zone_named

CHANGES = {
    "Europe/Madrid": (date(2026, 3, 29), date(2026, 10, 25)),
    "Europe/London": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/St_Johns": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/Havana": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/Santiago": (date(2026, 4, 5), date(2026, 9, 6)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Australia/Sydney": (date(2026, 4, 5), date(2026, 10, 4)),
    "Pacific/Auckland": (date(2026, 4, 5), date(2026, 9, 27)),
    "Pacific/Chatham": (date(2026, 4, 5), date(2026, 9, 27)),
    "Africa/Cairo": (date(2026, 4, 24), date(2026, 10, 30)),
    "Asia/Beirut": (date(2026, 3, 29), date(2026, 10, 25)),
    "Asia/Kolkata": (date(2026, 3, 6), date(2026, 10, 25)),
}
PATTERNS = (
    [("09:00", "17:00")],
    [("22:00", "06:00")],
    [("01:30", "09:30")],
    [("08:00", "12:00"), ("13:00", "17:00")],
    [("06:00", "14:00"), ("14:00", "22:00")],
    [("16:00", "00:00")],
    [("18:00", "02:30")],
    [("08:00", "20:00")],
)
CODE_MAPS = ({"0": "in", "1": "out"}, {"0": "out", "1": "in", "3": "out"})
CODES = st.sampled_from([0, 1, None, None, 0, 1, 2, 3])

policies = st.builds(
    lambda **given: policy_from({k: v for k, v in given.items() if v is not ...}),
    lateGraceMinutes=st.sampled_from([0, 5, 15, None]),
    directionMode=st.sampled_from(["auto", "auto", "labelled", "alternating", "firstLast"]),
    openStatus=st.sampled_from(["decided", "pending"]),
    windowBeforeMinutes=st.sampled_from([0, 30, 120, 240]),
    windowAfterMinutes=st.sampled_from([0, 60, 240]),
    maxOpenMinutes=st.sampled_from([0, 300, 960, 1440]),
    acceptOutAfterWindow=st.sampled_from([True, True, False]),
    debounceSeconds=st.sampled_from([0, 60, 600]),
    workedTime=st.sampled_from(["firstLast", "pairs"]),
    roundingMinutes=st.sampled_from([0, 15]),
    absentBelowMinutes=st.sampled_from([0, 60]),
    missingCheckOut=st.sampled_from(["closeAtShiftEnd", "leavePending", "markAbsent"]),
    holidayPunches=st.sampled_from(["record", "ignore"]),
)


@st.composite
def cases(draw: st.DrawFn, days: int = 4) -> Case:
    """A few days around a change of clocks, with evidence of every kind."""
    zone_name = draw(st.sampled_from(sorted(CHANGES)))
    first = draw(st.sampled_from(CHANGES[zone_name])) - timedelta(days=1)
    shifts = draw(_shifts(zone_name, first, days))
    punches = draw(_punches(zone_name, first, days))
    actions = (
        draw(st.lists(_action(shifts), max_size=2, unique_by=lambda a: a.action_id))
        if shifts
        else []
    )
    decisions = draw(_decisions(shifts)) if shifts else []
    swept = draw(st.none() | st.integers(0, days * 24 + 40))
    sweep = None if swept is None else _utc(first) + timedelta(hours=swept)
    return Case(
        person=draw(_person(first)),
        shifts=tuple(shifts),
        punches=tuple(punches),
        actions=tuple(actions),
        decisions=tuple(decisions),
        policies=draw(_versions(first)),
        swept_at={s.shift_id: sweep for s in shifts if sweep},
        awaiting={s.shift_id: ("gate",) for s in shifts[: draw(st.integers(0, 1))]},
    )


@st.composite
def _versions(draw: st.DrawFn, first: date) -> tuple[PolicyVersion, ...]:
    """One policy for all, and at times another since the second day or of one department."""
    company = PolicyVersion(policy=draw(policies), version=1)
    since, department = draw(st.sampled_from([(None, None), (1, None), (None, "kitchen")]))
    if since is None and department is None:
        return (company,)
    other = draw(policies).changed({"punchCodeMap": draw(st.sampled_from(CODE_MAPS))})
    began = None if since is None else first + timedelta(days=since)
    return (
        company,
        PolicyVersion(policy=other, version=2, effective_from=began, department_id=department),
    )


@st.composite
def _shifts(draw: st.DrawFn, zone_name: str, first: date, days: int) -> list[Shift]:
    zone, found = zone_named(zone_name), []
    pattern = draw(st.sampled_from(PATTERNS))
    days_off, holiday = draw(st.integers(0, 2**days - 1)), draw(st.integers(0, 3 * days))
    for day in range(days):
        on = first + timedelta(days=day)
        if days_off >> day & 1:
            continue
        for part, (start, end) in enumerate(pattern):
            times = schedule(on, time.fromisoformat(start), time.fromisoformat(end), zone)
            shift = Shift(
                shift_id=f"{day}-{part}",
                shift_date=on,
                start=times.start,
                end=times.end,
                zone=zone,
                holiday=day == holiday,
                department_id="kitchen" if part else None,
            )
            found.append(shift)
    return found


LINES = st.tuples(
    st.integers(-300, 4 * 1440 + 600),
    st.sampled_from([0, 0, 0, 29, 30, 59]),
    CODES,
    st.sampled_from(["gate", "yard"]),
    st.sampled_from(["5", "5", "5", "6"]),
    st.sampled_from([None, None, 1, 14, 61, 3000, -600]),
)


@st.composite
def _punches(draw: st.DrawFn, zone_name: str, first: date, days: int) -> list[Punch]:
    zone, found = zone_named(zone_name), []
    for index, line in enumerate(draw(st.lists(LINES, max_size=12, unique_by=lambda t: t[:2]))):
        minute, second, code, device, number, late = line
        minute = minute * days // 4
        wall = datetime.combine(first, time()) + timedelta(minutes=minute, seconds=second)
        received = wall.replace(tzinfo=zone).astimezone(UTC) + timedelta(minutes=late or 0)
        punch = Punch(
            punch_id=f"p{index}",
            device_id=device,
            number=number,
            wall=wall,
            zone=zone,
            code=code,
            log_index=index if number == "5" else None,
            received_at=None if late is None else received,
        )
        found.append(punch)
    return found


@st.composite
def _action(draw: st.DrawFn, shifts: list[Shift]) -> Action:
    shift = draw(st.sampled_from(shifts))
    direction = draw(st.sampled_from(list(Direction)))
    minutes = draw(st.integers(0, 470))
    return Action(
        action_id=f"{shift.shift_id}-{direction}-{minutes}",
        shift_id=shift.shift_id,
        direction=direction,
        instant=shift.start + timedelta(minutes=minutes - 20, seconds=7),
    )


@st.composite
def _decisions(draw: st.DrawFn, shifts: list[Shift]) -> list[Decision]:
    found: list[Decision] = []
    for index in range(draw(st.integers(0, 2))):
        shift = draw(st.sampled_from(shifts))
        told = {
            "decision_id": f"d{index}",
            "shift_id": shift.shift_id,
            "decided_at": shift.end + timedelta(minutes=index),
        }
        if draw(st.booleans()):
            found.append(MarkAbsent(**told, absence_reason="sick"))
            continue
        inside = st.integers(0, 400).map(lambda m, s=shift: s.start + timedelta(minutes=m))
        check_in = draw(st.sampled_from([KEEP, None]) | inside)
        found.append(
            Correction(
                **told, check_in=check_in, status=draw(st.sampled_from([KEEP, Status.PRESENT]))
            )
        )
    return found


@st.composite
def _person(draw: st.DrawFn, first: date) -> Person:
    leave = Leave(
        start=datetime.combine(first + timedelta(days=1), time(draw(st.integers(0, 12)))),
        end=datetime.combine(first + timedelta(days=1), time(draw(st.integers(12, 23)))),
    )
    return Person(
        user_id="u",
        numbers=draw(st.sampled_from([None, frozenset({"5"})])),
        leaves=draw(st.sampled_from([(), (leave,)])),
    )


def _utc(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
