"""The flags of a record, in the order of simulate.md."""

from collections.abc import Callable, Mapping

from attendance.domain.findings import Findings
from attendance.domain.reading import ReadPunch
from attendance.domain.verdict import Flag


def flags_of(facts: Findings) -> tuple[Flag, ...]:
    """Every flag whose condition holds."""
    return tuple(flag for flag, holds in _CONDITIONS.items() if holds(facts))


def _missing_check_in(facts: Findings) -> bool:
    return facts.times.check_in is None and facts.times.check_out is not None


def _has_gap(facts: Findings) -> bool:
    return any(isinstance(i.source, ReadPunch) and i.source.gap for i in facts.sitting.items)


def _has_fold(facts: Findings) -> bool:
    return any(isinstance(i.source, ReadPunch) and i.source.fold for i in facts.sitting.items)


_CONDITIONS: Mapping[Flag, Callable[[Findings], bool]] = {
    Flag.MISSING_CHECK_OUT: lambda facts: facts.missed.missed,
    Flag.MISSING_CHECK_IN: _missing_check_in,
    Flag.AUTO_ABSENT: lambda facts: facts.swept.absent,
    Flag.AUTO_CLOSED: lambda facts: facts.auto_closed,
    Flag.CORRECTED: lambda facts: facts.sitting.seat.ruling.corrected,
    Flag.CONFLICT: lambda facts: bool(facts.sitting.conflicts),
    Flag.DST_GAP: _has_gap,
    Flag.DST_FOLD: _has_fold,
    Flag.AWAITING_DEVICE: lambda facts: facts.swept.awaiting_device is not None,
    Flag.HOLIDAY: lambda facts: facts.sitting.seat.shift.holiday,
}
