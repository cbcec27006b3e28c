"""Count a company's records anew, where the counts were lost or never made."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from attendance.adapters.count_nodes import Place
from attendance.adapters.counted_list import CountedList
from attendance.adapters.record_counts import RecordCounts
from attendance.adapters.record_list import RecordList
from attendance.domain.status import Status
from attendance.identity import CompanyId
from attendance.runtime import Runtime


def rebuild_counts(parts: Runtime, company: CompanyId, first: date, last: date) -> int:
    """Set right the counts of shifts from `first` to `last`; how many records were not as counted.

    Again is harmless. A record that changes in the very moment may be counted as it was: do it
    again until nothing is found.
    """
    held = CountedList(parts.table, company).places(first, last)
    real = RecordList(parts.table).places(company, first, last)
    counts = RecordCounts(parts.table, company)
    wrong = 0
    for _, places in groupby(sorted(held.keys() | real.keys()), key=lambda text: Place(text).day):
        touched = list(places)
        moves = {place: real.get(place) for place in touched if _differ(place, held, real)}
        counts.apply(moves, parts.now(), touched=touched)
        wrong += len(moves)
    return wrong


def _differ(place: str, held: Mapping[str, Status], real: Mapping[str, Status]) -> bool:
    return held.get(place) != real.get(place)
