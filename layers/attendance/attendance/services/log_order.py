"""What a terminal's log tells of a repeated hour (rules.md section 1, F2)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from attendance.domain.instants import readings
from attendance.domain.punch import Punch
from attendance.domain.reading import read_punches
from attendance.model.punch import StoredPunch
from attendance.services.case_parts import punch_of
from attendance.services.check_punch_rows import TIMESTAMP_FORMAT
from attendance.services.company_facts import CompanyFacts
from attendance.services.stores import PunchPort

AROUND = timedelta(hours=3)


def in_log_order(
    store: PunchPort, facts: CompanyFacts, punches: Sequence[StoredPunch]
) -> tuple[Punch, ...]:
    """The punches for the rules; one in a repeated hour knows the line before it in the log.

    The line before is anybody's punch at the same terminal, so it is looked up, but only for the
    hour that happens twice.
    """
    return told_by_logs(store, facts, [punch_of(punch, facts) for punch in punches])


def told_by_logs(
    store: PunchPort, facts: CompanyFacts, punches: Iterable[Punch]
) -> tuple[Punch, ...]:
    """The same for punches that are as the rules take them, but for their logs."""
    return tuple(_told(store, facts, punch) for punch in punches)


def _told(store: PunchPort, facts: CompanyFacts, punch: Punch) -> Punch:
    if punch.log_index is None or not _happens_twice(punch):
        return punch
    edges = ((punch.wall - AROUND), (punch.wall + AROUND))
    first, last = (edge.strftime(TIMESTAMP_FORMAT) for edge in edges)
    near = [
        punch_of(other, facts)
        for other in store.between(facts.company, first, last)
        if other.device_id == punch.device_id and other.log_index is not None
    ]
    before = [other for other in near if (other.log_index or 0) < punch.log_index]
    if not before:
        return punch
    line = max(before, key=lambda other: other.log_index or 0)
    read = read_punches(before, facts.policies)[line.punch_id]
    return punch if read is None else replace(punch, logged_after=read.instant)


def _happens_twice(punch: Punch) -> bool:
    try:
        return readings(punch.wall, punch.zone).second is not None
    except OverflowError:
        return False
