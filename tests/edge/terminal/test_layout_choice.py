"""Traps 10 to 12 at the border: short logs, odd people, and an agent whose own clock is wrong."""

from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from attendance_edge.simulator.clock import encode_time
from attendance_edge.simulator.log import AttendanceLog
from attendance_edge.simulator.records import LogEntry
from attendance_edge.terminal.plausibility import choose_layout

LAYOUTS = ["8", "8-old", "16", "40", "49"]
START = datetime(2026, 3, 6, 9, 15, 23)

punches = st.builds(
    LogEntry,
    uid=st.integers(1, 3000),
    user_id=st.integers(1, 99_999).map(str),
    timestamp=st.integers(0, 40_000_000).map(lambda second: START + timedelta(seconds=second)),
    status=st.sampled_from([0, 1, 2, 3]),
    punch=st.sampled_from([0, 1, 2, 3, 4, 5]),
)


def body_of(entries, layout: str) -> bytes:
    log = AttendanceLog(layout, 1000, "refuse")
    for entry in entries:
        log.append(entry)
    return log.body


@pytest.mark.parametrize("this_year", [1970, 2000, 2026, 2060])
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=25)
@given(entries=st.lists(punches, min_size=1, max_size=60))
def test_the_layout_is_found_from_the_records_alone(layout, this_year, entries):
    if layout == "8-old":
        assume(2 * sum(encode_time(one.timestamp) % 256 == 0 for one in entries) < len(entries))
    chosen = choose_layout(body_of(entries, layout), this_year=this_year)

    assert chosen is not None
    assert chosen.name == layout


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=20)
@given(entries=st.lists(punches, min_size=3, max_size=60), at=st.integers(0, 10_000))
def test_one_damaged_record_does_not_hide_it(layout, entries, at):
    body = bytearray(body_of(entries, layout))
    size = len(body) // len(entries)
    start = at % len(entries) * size
    body[start : start + size] = b"\xee" * size

    chosen = choose_layout(bytes(body), this_year=2026)

    assert chosen is not None
    assert chosen.name == layout


def test_what_was_known_wins_over_what_merely_makes_sense():
    body = body_of([LogEntry(uid=1, user_id="1", timestamp=START)] * 4, "40")

    assert choose_layout(body, this_year=2026, known="40").name == "40"
    assert choose_layout(body, this_year=2026, known="8").name == "40"
    assert choose_layout(b"\xff" * 80, this_year=2026, known="16").name == "16"
    assert choose_layout(b"\xff" * 80, this_year=2026) is None
    assert choose_layout(b"", this_year=2026) is None


def spoilt_at_the_end(entries, layout: str) -> bytes:
    body = body_of(entries, layout)
    size = len(body) // len(entries)
    return body[:-size] + b"\xff" * size


@pytest.mark.parametrize("workcode", [0, 77, 99_999_999])
def test_halves_of_records_of_16_bytes_are_not_taken_for_records_of_8(workcode):
    entries = [LogEntry(uid=5, user_id="5", timestamp=START, punch=1)] * 2
    body = bytearray(spoilt_at_the_end(entries, "16"))
    body[12:16] = workcode.to_bytes(4, "little")

    chosen = choose_layout(bytes(body), this_year=2026)

    assert chosen is None or chosen.name == "16"


@pytest.mark.parametrize("layout", ["8", "8-old"])
def test_a_spoilt_record_and_its_neighbour_are_not_taken_for_one_of_16(layout):
    entries = [LogEntry(uid=5, user_id="5", timestamp=START, punch=1)] * 2

    chosen = choose_layout(spoilt_at_the_end(entries, layout), this_year=2026)

    assert chosen is None or chosen.size == 8


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("year", [2000, 2099])
@pytest.mark.parametrize(
    ("right", "lost"), [(0, 1), (0, 99), (1, 99), (100, 1), (100, 99)], ids=str
)
def test_a_log_from_a_clock_that_was_lost_keeps_its_layout(layout, year, right, lost):
    times = [START + timedelta(seconds=61 * n) for n in range(right)]
    times += [datetime(year, 2, 1, 5, 0, 1) + timedelta(seconds=2221 * n) for n in range(lost)]
    entries = [
        LogEntry(uid=5, user_id="5", timestamp=at, punch=n % 6) for n, at in enumerate(times)
    ]

    chosen = choose_layout(body_of(entries, layout), this_year=2026)

    assert chosen is not None
    assert chosen.name == layout


def test_a_first_record_whose_time_begins_with_0_keeps_the_layout_that_was_known():
    body = body_of(
        [LogEntry(uid=28, user_id="28", timestamp=datetime(2026, 4, 6, 1, 29, 36))], "8-old"
    )

    assert body[3] == 0
    assert choose_layout(body, this_year=2026, known="8-old").name == "8-old"


def test_a_layout_that_was_learnt_from_a_spoilt_log_does_not_stay():
    entries = [LogEntry(uid=5, user_id="5", timestamp=START, punch=1)] * 20

    assert choose_layout(body_of(entries, "16"), this_year=2026, known="8").name == "16"
    assert choose_layout(body_of(entries, "16"), this_year=2026, known="8-old").name == "16"
