"""The flags of a record, in the order of simulate.md."""

from collections.abc import Callable, Mapping

from attendance.domain.findings import Findings
from attendance.domain.reading import ReadPunch
from attendance.domain.verdict import Flag


def flags_of(facts: Findings) -> tuple[Flag, ...]:
    """Every flag whose condition holds."""
    return tuple(flag for flag in Flag if _CONDITIONS[flag](facts))


def _missing_check_in(facts: Findings) -> bool:
    return facts.times.check_in is None and facts.times.check_out is not None


def _reads(facts: Findings) -> list[ReadPunch]:
    return [i.source for i in facts.sitting.items if isinstance(i.source, ReadPunch)]


_CONDITIONS: Mapping[Flag, Callable[[Findings], bool]] = {
    Flag.MISSING_CHECK_OUT: lambda facts: facts.missed.missed,
    Flag.MISSING_CHECK_IN: _missing_check_in,
    Flag.AUTO_ABSENT: lambda facts: facts.swept.absent,
    Flag.AUTO_CLOSED: lambda facts: facts.auto_closed,
    Flag.CORRECTED: lambda facts: facts.sitting.seat.ruling.corrected,
    Flag.CONFLICT: lambda facts: bool(facts.sitting.conflicts),
    Flag.DST_GAP: lambda facts: any(read.gap for read in _reads(facts)),
    Flag.DST_FOLD: lambda facts: any(read.fold for read in _reads(facts)),
    Flag.AWAITING_DEVICE: lambda facts: facts.swept.awaiting_device is not None,
    Flag.HOLIDAY: lambda facts: facts.sitting.seat.shift.holiday,
}
