"""Choosing the record layout by what makes sense, never by size divided by count.

The count may be wrong or older than the log (terminal-protocol.md, traps 10 to 15), so a
candidate must divide the body, and its people, times and codes must look like such.
"""

from collections.abc import Iterator
from itertools import pairwise
from struct import Struct

from attendance_edge.terminal.layouts import LAYOUTS, Layout
from attendance_edge.terminal.times import DAY_SECONDS, midnight_of
from attendance_edge.terminal.user_ids import user_id_of

SAMPLE_RECORDS = 64
LEAST_SCORE = 0.55
OLDEST_LIKELY_YEAR = 2005
LATEST_LIKELY_YEAR = 2035
LIKELY_TIME, POSSIBLE_TIME = 0.4, 0.1
_STATES = {0, 1, 2, 3, 4, 5, 255}
_LARGEST_VERIFY = 30
FEW_RECORDS = 2
_HALVES = Struct("<4xI4xI")
LARGEST_WORKCODE = 99_999_999


def choose_layout(body: bytes, *, this_year: int, known: str = "") -> Layout | None:
    """The most plausible layout for whole records in `body`; None when none makes sense.

    `this_year` widens what is likely; a machine whose own clock died in the past narrows nothing.
    `known` names the layout that this terminal used before: it wins unless another one makes
    sense and it does not.
    """
    fitting = [one for one in LAYOUTS.values() if body and _fits(body, one, this_year, known)]
    scores = {layout.name: plausibility(body, layout, this_year) for layout in fitting}
    if scores.get(known, 0.0) >= LEAST_SCORE:
        return LAYOUTS[known]
    best = max(
        fitting, key=lambda layout: (scores[layout.name], _order(body, layout)), default=None
    )
    if best and scores[best.name] >= LEAST_SCORE:
        return best
    return LAYOUTS[known] if known in scores else None


def _fits(body: bytes, layout: Layout, this_year: int, known: str) -> bool:
    """Whole records, and none of 8 bytes that are halves of 16: a punch, then its work code.

    Of a record or two the one layout of 8 bytes that was `known` is believed.
    """
    if len(body) % layout.size:
        return False
    if not layout.by_uid:
        return True
    is_known = layout.name == known and len(body) <= FEW_RECORDS * layout.size
    if not is_known and layout.name != _by_padding(body, layout.name):
        return False
    return not _are_halves(body, this_year)


def _by_padding(body: bytes, name: str) -> str:
    """Byte 3 is always 0 in the later layout of 8 bytes; in the oldest a time begins there.

    `name` where that tells nothing: one of two records is spoilt, or its time begins with 0.
    """
    begins = [record[3] for record in _sample(body, LAYOUTS[name])]
    filled = sum(begin != 0 for begin in begins)
    empty = len(begins) - filled
    return name if filled == empty else "8-old" if filled > empty else "8"


def _are_halves(body: bytes, this_year: int) -> bool:
    whole = LAYOUTS["16"]
    if len(body) % whole.size:
        return False
    pairs = [_HALVES.unpack(record) for record in _sample(body, whole)]
    codes = [code for time, code in pairs if _time_mark(time, this_year) == LIKELY_TIME]
    return 2 * len(codes) >= len(pairs) and max(codes) <= LARGEST_WORKCODE


def _order(body: bytes, layout: Layout) -> float:
    """The share of records that are not before the one before them; settles a draw."""
    times = [time for _, _, _, time, _ in map(next, map(layout.rows, _sample(body, layout)))]
    return sum(earlier <= later for earlier, later in pairwise(times)) / len(times)


def plausibility(body: bytes, layout: Layout, this_year: int) -> float:
    """From 0 (nonsense) to 1, the mean over records spread through the body."""
    marks = [_mark(record, layout, this_year) for record in _sample(body, layout)]
    return sum(marks) / len(marks)


def _sample(body: bytes, layout: Layout) -> Iterator[bytes]:
    count = len(body) // layout.size
    step = max(1, count // SAMPLE_RECORDS)
    for index in range(0, count, step):
        yield body[index * layout.size : (index + 1) * layout.size]


def _mark(record: bytes, layout: Layout, this_year: int) -> float:
    _, key, verify, time, state = next(layout.rows(record))
    if user_id_of(key) is None or _holds_a_time_as_workcode(record, layout, time, this_year):
        return 0.0
    if layout.by_uid and time == 0:
        return 0.0
    tidy = 0.4
    if isinstance(key, bytes):
        _, _, rest = key.partition(b"\0")
        tidy = 0.4 if not rest.strip(b"\0") else 0.3
    codes = 0.1 * (state in _STATES) + 0.1 * (verify <= _LARGEST_VERIFY)
    return tidy + codes + _time_mark(time, this_year)


def _holds_a_time_as_workcode(record: bytes, layout: Layout, time: int, this_year: int) -> bool:
    """Two records of 8 bytes pass for one of 16 but for this: work codes have 8 digits at most.

    From a clock that fell back to 2000 times have no more, but follow each other closely.
    """
    if layout.workcode_at is None:
        return False
    workcode = int.from_bytes(record[layout.workcode_at : layout.workcode_at + 4], "little")
    if layout.size != _HALVES.size:
        return _time_mark(workcode, this_year) == LIKELY_TIME
    return workcode > LARGEST_WORKCODE or 0 <= workcode - time < DAY_SECONDS


def _time_mark(time: int, this_year: int) -> float:
    midnight = midnight_of(time // DAY_SECONDS)
    if midnight is None:
        return 0.0
    likely = OLDEST_LIKELY_YEAR <= midnight.year <= max(this_year + 2, LATEST_LIKELY_YEAR)
    return LIKELY_TIME if likely else POSSIBLE_TIME
