"""Count a company's records anew, where the counts were lost or never made."""

from datetime import date
from itertools import groupby

from attendance.adapters.count_marks import Mark
from attendance.adapters.counted_list import CountedList
from attendance.adapters.record_counts import RecordCounts
from attendance.adapters.record_list import RecordList
from attendance.identity import CompanyId
from attendance.runtime import Runtime


def rebuild_counts(parts: Runtime, company: CompanyId, first: date, last: date) -> int:
    """Set right the counts of shifts from `first` to `last`; how many records were not as counted.

    Again is harmless. A record that changes in the very moment may be counted as it was: do it
    again until nothing is found.
    """
    held = CountedList(parts.table, company).marks(first, last)
    real = RecordList(parts.table).marks(company, first, last)
    counts = RecordCounts(parts.table, company)
    wrong = 0
    for _, of_part in groupby(sorted(held | real, key=_part), key=_part):
        touched = set(of_part)
        moves = {mark: mark in real for mark in touched & (held ^ real)}
        counts.apply(moves, parts.now(), touched=touched)
        wrong += len({mark.place for mark in moves})
    return wrong


def _part(mark: Mark) -> str:
    return mark.node
