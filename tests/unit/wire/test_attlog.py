"""Whatever bytes a terminal uploads, each line is a punch or is handed out as it came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.services.check_punch_rows import PunchRow, check_row
from attendance_wire import PushedPunch, parse_attlog
from attendance_wire.iclock import greeting, is_stamp

FIELDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["5", "0012", "2026-03-06 09:15:23", "2026-02-30 09:15:23", "255", "256", ""]),
)
LINES = st.lists(st.lists(FIELDS, max_size=8).map("\t".join), max_size=6).map("\n".join)


def words(line: str) -> PushedPunch | str:
    upload = parse_attlog(line.encode())
    assert upload.lines == 1
    return upload.punches[0] if upload.punches else upload.unreadable[0].reason


@given(st.one_of(st.binary(max_size=200), LINES.map(lambda text: text.encode())))
def test_every_line_is_accounted_for_and_no_bytes_are_lost(body):
    upload = parse_attlog(body)
    lines = [line for line in body.replace(b"\r", b"\n").split(b"\n") if line.strip(b" \t\0")]
    assert upload.lines == len(lines)
    assert [line.raw for line in upload.unreadable] == [
        lines[line.place] for line in upload.unreadable
    ]


@given(LINES)
def test_what_is_a_punch_here_is_one_when_an_agent_hands_it_over(text):
    for punch in parse_attlog(text.encode()).punches:
        row = {"device_id": "gate", **punch.__dict__}
        assert isinstance(check_row(row), PunchRow), row


@pytest.mark.parametrize(
    ("line", "punch"),
    [
        ("5\t2026-03-06 09:15:23\t0\t1\t0\t0", ("5", 1, 0)),
        ("0012\t2026-03-06 09:15:23\t4\t15", ("0012", 15, 4)),
        ("A7\t2026-03-06 09:15:23", ("A7", 0, 255)),
        (" 5 \t2026-03-06 09:15:23\t\t\t", ("5", 0, 255)),
    ],
)
def test_a_line_says_who_when_which_key_and_how(line, punch):
    found = words(line)
    assert isinstance(found, PushedPunch)
    assert (found.user_id, found.status, found.punch) == punch
    assert found.timestamp == "2026-03-06 09:15:23"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("5", "without user id and time"),
        ("\t2026-03-06 09:15:23", "user id is empty"),
        ("x" * 25 + "\t2026-03-06 09:15:23", "user id"),
        ("5\t2026-02-30 09:15:23", "day is out of range"),
        ("5\t2026-3-6 9:15:23", "not YYYY-MM-DD"),
        ("5\t2026-03-06 09:15:23\t256", "from 0 to 255"),
        ("5\t2026-03-06 09:15:23\t0\t-1", "from 0 to 255"),
    ],
)
def test_a_line_that_is_none_says_what_is_wrong(line, reason):
    assert reason in words(line)


def test_a_greeting_asks_for_the_log_alone_and_sets_no_clock():
    options = dict(
        line.split("=", 1) for line in greeting("ABC1", "77", delay=30).splitlines() if "=" in line
    )
    assert (options["ATTLOGStamp"], options["Delay"], options["Realtime"]) == ("77", "30", "1")
    assert not {"TimeZone", "DateTime", "ServerTime"} & set(options)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("0", True), ("82983982", True), ("", False), ("9" * 21, False), ("٣", False)],
)
def test_a_mark_is_a_number_of_sensible_length(text, is_one):
    assert is_stamp(text) is is_one
