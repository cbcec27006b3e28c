"""Whatever a terminal sends: a true log or one of our errors, within the deadline."""

import struct
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance_edge.terminal import (
    KnownLog,
    Reading,
    TerminalAddress,
    TerminalError,
    TerminalProtocolError,
    read_terminal,
)
from attendance_edge.terminal.events import parse_event
from attendance_edge.terminal.layouts import LAYOUTS
from attendance_edge.terminal.log_parser import parse_log
from attendance_edge.terminal.packet import Packet
from attendance_edge.terminal.plausibility import choose_layout
from attendance_edge.terminal.user_table import parse_users
from tests.edge.terminal.hostile_terminal import Answer, HostileTerminal

pytestmark = pytest.mark.quiet

DEADLINE = 0.2
CODES = [500, 1500, 1501, 2000, 2001, 2005, 4991, 65535, 0]
OK = Answer()
GREETING = [
    [OK],
    [Answer(data=b"~SerialNumber=S1\0")],
    [Answer(data=b"V1\0")],
    [Answer(data=b"a=b\0")],
]
TIME = [[Answer(data=struct.pack("<I", 835_000_000))]]
SIZES = [[Answer(data=bytes(92))]]
BEFORE_LOG = GREETING + TIME + SIZES

answers = st.builds(
    Answer,
    code=st.sampled_from(CODES),
    field=st.integers(0, 65535),
    data=st.one_of(
        st.binary(max_size=64),
        st.builds(struct.pack, st.just("<II"), st.integers(0, 2**32 - 1), st.integers(0, 65535)),
        st.builds(
            struct.pack, st.just("<BIII"), st.just(0), st.integers(0, 5000), st.integers(0, 9),
            st.integers(0, 9),
        ),
    ),
    raw=st.one_of(st.none(), st.none(), st.none(), st.binary(max_size=40)),
)  # fmt: skip
scripts = st.lists(st.lists(answers, max_size=4), max_size=5)


def outcome(script, transport) -> Reading | TerminalError:
    """What the reader makes of it; any other exception fails the test."""
    with HostileTerminal(script, transport) as terminal:
        address = TerminalAddress(host=terminal.host, port=terminal.port, transport=transport)
        began = monotonic()
        try:
            found: Reading | TerminalError = read_terminal(address, deadline_seconds=DEADLINE)
        except TerminalError as error:
            found = error
        assert monotonic() - began < DEADLINE + 0.5
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=scripts)
def test_any_answers_over_tcp_end_in_an_error_or_a_reading(script):
    assert isinstance(outcome(script, "tcp"), Reading | TerminalError)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=scripts)
def test_any_answers_to_the_log_over_tcp_end_in_an_error_or_a_reading(script):
    assert isinstance(outcome(BEFORE_LOG + script, "tcp"), Reading | TerminalError)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=scripts)
def test_any_answers_to_the_log_over_udp_end_in_an_error_or_a_reading(script):
    assert isinstance(outcome(BEFORE_LOG + script, "udp"), Reading | TerminalError)


def announced(size: int) -> Answer:
    return Answer(data=struct.pack("<BIII", 0, size, size, 1))


@pytest.mark.parametrize(
    "script",
    [
        [[announced(4_294_967_295)]],
        [[announced(30_000_000)]],
        [[Answer(code=1501, data=bytes(3))]],
        [[Answer(code=1501, data=struct.pack("<I", 1_000_000) + bytes(40))]],
        [[announced(4004)], [Answer(code=1500, data=struct.pack("<II", 4004, 1))], []],
        [[announced(4004)], [Answer(code=1500, data=b"")]],
        [[announced(4004)], [Answer(code=1501, data=bytes(4003))]],
        [[announced(4004)], [Answer(code=1501, data=bytes(4004))]],
        [[announced(4004)], [Answer(code=1500, data=struct.pack("<II", 4004, 1)), OK, OK]],
        [[Answer(data=b"\0")]],
        [[Answer(code=65535)], [Answer(code=1500, data=struct.pack("<II", 2**31, 1))]],
    ],
    ids=lambda script: f"{len(script)}-{script[0][0].code}-{script[0][0].data[:5].hex()}",
)
def test_sizes_that_lie_are_errors(script):
    assert isinstance(outcome(BEFORE_LOG + script, "tcp"), TerminalError)


def test_a_terminal_that_announces_more_than_any_terminal_holds_is_not_believed():
    error = outcome([*BEFORE_LOG, [announced(4_000_000_000)]], "tcp")

    assert isinstance(error, TerminalProtocolError)
    assert "more than any terminal holds" in str(error)


def test_names_that_terminals_give_themselves_cannot_carry_control_characters():
    script = [[OK], [Answer(data=b"~SerialNumber=S\n\x1b[31m" + b"9" * 500 + b"\0")], [OK], [OK]]
    script += TIME + SIZES + [[Answer(code=4991)], [OK]]
    reading = outcome(script, "tcp")

    assert isinstance(reading, Reading)
    assert reading.serial_number.isprintable()
    assert len(reading.serial_number) <= 100


@settings(max_examples=300)
@given(body=st.binary(max_size=2000), layout=st.sampled_from(sorted(LAYOUTS)))
def test_every_record_is_either_understood_or_kept(body, layout):
    chosen = LAYOUTS[layout]
    body = body[: len(body) // chosen.size * chosen.size]

    parsed = parse_log(body, chosen, users={1: "1"})

    indices = [one.log_index for one in (*parsed.punches, *parsed.quarantined)]
    assert sorted(indices) == list(range(len(body) // chosen.size))
    for bad in parsed.quarantined:
        assert bad.raw == body[bad.log_index * chosen.size : (bad.log_index + 1) * chosen.size]
    for punch in parsed.punches:
        assert punch.user_id.isprintable()
        assert 2000 <= punch.timestamp.year <= 2099


@settings(max_examples=300)
@given(body=st.binary(max_size=1000))
def test_no_bytes_break_the_choice_of_a_layout_or_the_user_table(body):
    layout = choose_layout(body, this_year=2026)

    assert layout is None or len(body) % layout.size == 0
    assert all(user_id.isprintable() for user_id in parse_users(body).values())


@settings(max_examples=300)
@given(data=st.binary(max_size=60), field=st.integers(0, 3))
def test_no_bytes_break_an_event(data, field):
    punch = parse_event(Packet(500, field, 0, data))

    assert punch is None or (field == 1 and punch.timestamp.year >= 2000)


@settings(max_examples=200)
@given(text=st.text(max_size=200))
def test_no_text_breaks_what_is_known(text):
    assert KnownLog.from_json(text) is None
