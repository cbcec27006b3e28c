"""When what an earlier reading learnt may be built on, and when all must be read anew."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from attendance_edge.terminal.dataset import HEAD, Dataset
from attendance_edge.terminal.facts import Sizes
from attendance_edge.terminal.known_log import KnownLog
from attendance_edge.terminal.layouts import LAYOUTS

COMPARE_WHOLE_AFTER = timedelta(hours=24)
COMPARE_FULL_LOG_AFTER = timedelta(hours=1)
CLOCK_JUMP_SECONDS = 120.0


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known before the log is touched; `tails` is False where they failed just now."""

    serial_number: str
    firmware: str
    clock_offset_seconds: float | None
    sizes: Sizes
    known: KnownLog | None
    full: bool
    tails: bool = True

    def without_tails(self) -> "Situation":
        """The same after the terminal refused to read from the middle."""
        return replace(self, tails=False)


def must_read_whole(dataset: Dataset, situation: Situation) -> bool:
    """Whether anything speaks against building on what is known (terminal-protocol.md, 3)."""
    known = situation.known
    if known is None or situation.full or _is_other_terminal(known, situation):
        return True
    if known.layout not in LAYOUTS or not known.tail:
        return True
    return (
        _age(known) >= COMPARE_WHOLE_AFTER
        or _clock_jumped(known.clock_offset_seconds, situation.clock_offset_seconds)
        or dataset.size < known.size
        or (dataset.size - HEAD.size) % LAYOUTS[known.layout].size != 0
        or _may_be_overwritten(dataset, situation, known)
        or (not is_unchanged(dataset, known) and not serves_tails(situation))
    )


def is_unchanged(dataset: Dataset, known: KnownLog) -> bool:
    """The same size and the same digest, from a terminal whose digest has a meaning."""
    same = dataset.size == known.size and dataset.digest == known.digest
    return same and dataset.digest != 0 and known.digest_tells is True


def serves_tails(situation: Situation) -> bool:
    """Whether the terminal may be asked for part of its log; new firmware is tried anew."""
    known = situation.known
    if known is None or _is_other_terminal(known, situation):
        return situation.tails
    return situation.tails and known.reads_tails


def digest_tells(dataset: Dataset, situation: Situation) -> bool | None:
    """True once the digest was seen to change with the size, False once it was not, else None."""
    known = situation.known
    if known is None or _is_other_terminal(known, situation):
        return None
    if dataset.size != known.size and dataset.digest and known.digest:
        return dataset.digest != known.digest
    return known.digest_tells


def _is_other_terminal(known: KnownLog, situation: Situation) -> bool:
    return (known.serial_number, known.firmware) != (situation.serial_number, situation.firmware)


def _clock_jumped(before: float | None, now: float | None) -> bool:
    if before is None or now is None:
        return before is not now
    return abs(now - before) > CLOCK_JUMP_SECONDS


def _may_be_overwritten(dataset: Dataset, situation: Situation, known: KnownLog) -> bool:
    """The same size with another digest, or a full log with a digest that says nothing.

    While nobody knows whether the digest says anything, a full log is compared now and then: a
    whole reading at every poll would keep the terminal from taking punches.
    """
    if dataset.size != known.size:
        return False
    if dataset.digest and known.digest and dataset.digest != known.digest:
        return True
    capacity = situation.sizes.capacity
    if capacity is not None and known.record_count < capacity:
        return False
    if dataset.digest and known.digest_tells is None:
        return _age(known) >= COMPARE_FULL_LOG_AFTER
    return not is_unchanged(dataset, known)


def _age(known: KnownLog) -> timedelta:
    return abs(datetime.now(UTC) - known.full_compared_at)
