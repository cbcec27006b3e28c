"""Invariants I1 and I2: between any two readings anything may happen, and no punch is missed."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from attendance_edge.simulator import EmulatedTerminal
from tests.edge.terminal.conversations import read

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("punch"), st.integers(1, 30)),
        st.tuples(st.just("clear"), st.just(0)),
        st.tuples(st.just("clear and refill"), st.integers(0, 3)),
        st.tuples(st.just("read"), st.just(0)),
    ),
    min_size=2,
    max_size=12,
)
START = datetime(2026, 3, 6, 8, 0, 0)


@settings(max_examples=60, deadline=None)
@given(
    steps=STEPS,
    layout=st.sampled_from(["8", "16", "40", "49"]),
    full=st.sampled_from([("cyclic", False), ("cyclic", True), ("ring", False)]),
    repeat=st.booleans(),
)
def test_every_punch_still_held_has_been_read_and_none_was_invented(steps, layout, full, repeat):
    when_full, constant_digest = full
    taken: set = set()
    seen: set = set()
    with EmulatedTerminal(layout=layout, capacity=60, when_full=when_full) as terminal:
        terminal.set_faults(constant_digest=constant_digest)
        known = None
        for step, amount in [*steps, ("read", 0)]:
            if step == "read":
                reading = read(terminal, known=known)
                known = reading.known
                seen |= identities(reading)
                assert not reading.quarantined
                assert reading.records_on_device == len(terminal.device.log)
                assert identities(read(terminal)) <= seen
            elif step == "punch":
                punch_often(terminal, taken, amount, repeat)
            else:
                length = len(terminal.device.log) + amount
                terminal.clear_log()
                if step == "clear and refill":
                    punch_often(terminal, taken, length, repeat)
        assert terminal.writes == 0
    assert seen <= taken


def identities(reading) -> set:
    """A punch is the same punch when these are the same (contract, punches)."""
    return {(p.user_id, p.timestamp, p.punch, p.status) for p in reading.punches}


def punch_often(terminal: EmulatedTerminal, taken: set, count: int, repeat: bool) -> None:
    for number in range(count):
        when = START + timedelta(seconds=0 if repeat else len(taken))
        punch = (str(number % 3 + 1), when, number % 2, 1)
        assert terminal.add_punch(punch[0], punch=punch[2], timestamp=when)
        taken.add(punch)
