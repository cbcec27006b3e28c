"""Worked minutes, overtime and the thresholds by hours (rules.md section 5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from attendance.domain.decision import KEEP
from attendance.domain.evidence import Item
from attendance.domain.instants import MINUTE, floor_minutes
from attendance.domain.pairs import Pair, pairs
from attendance.domain.policy import Policy
from attendance.domain.policy_words import WorkedTime
from attendance.domain.rounding import rounded
from attendance.domain.seat import Seat


def worked_minutes(
    seat: Seat,
    items: Sequence[Item],
    check_in: datetime | None,
    check_out: datetime | None,
) -> int:
    """Whole minutes worked, elapsed. The check-out may be an automatic one; both are UTC."""
    if check_in is None:
        return 0
    if seat.policy.worked_time is WorkedTime.PAIRS:
        found = _closed_pairs(seat, items, check_in, check_out)
        return floor_minutes(sum((_span(seat, pair) for pair in found), timedelta()))
    if check_out is None:
        return 0
    return net_minutes(_span(seat, (check_in, check_out)), seat.policy)


def overtime_minutes(seat: Seat, worked: int) -> int:
    """All minutes beyond the scheduled net, if there are more of them than the threshold."""
    beyond = worked - scheduled_minutes(seat)
    return beyond if beyond > max(seat.policy.overtime_threshold_minutes, 0) else 0


def scheduled_minutes(seat: Seat) -> int:
    """The scheduled net: elapsed minutes of the shift less the unpaid break."""
    return net_minutes(seat.shift.end - seat.shift.start, seat.policy)


def break_minutes(seat: Seat, check_in: datetime, check_out: datetime) -> int:
    """What the unpaid break takes off the worked time between two instants (UTC)."""
    if seat.policy.worked_time is WorkedTime.PAIRS:
        return 0
    span = _span(seat, (check_in, check_out))
    return floor_minutes(span) - net_minutes(span, seat.policy)


def net_minutes(span: timedelta, policy: Policy) -> int:
    """Whole minutes of a stretch less the unpaid break, if it is longer than it takes for one."""
    minutes = floor_minutes(span)
    if minutes > policy.unpaid_break_after_minutes:
        return max(minutes - policy.unpaid_break_minutes, 0)
    return minutes


def _closed_pairs(
    seat: Seat, items: Sequence[Item], check_in: datetime, check_out: datetime | None
) -> list[Pair]:
    """The pairs of the evidence, with corrected or automatic ends in the place of punched ones."""
    found, odd = pairs(items)
    held = seat.ruling
    if odd is not None and check_out is not None and check_out != odd:
        found.append((odd, check_out))
    if check_out is not None and not found:
        return [(check_in, check_out)]
    if found and held.check_in is not KEEP:
        found[0] = (check_in, found[0][1])
    if found and held.check_out is not KEEP and check_out is not None:
        found[-1] = (found[-1][0], check_out)
    return found


def _span(seat: Seat, pair: Pair) -> timedelta:
    """The length of a pair with both ends rounded, and clamped where early arrival is not paid."""
    grid, zone = seat.policy.rounding_minutes, seat.shift.zone
    begins, ends = (rounded(instant, grid, zone) for instant in pair)
    if not seat.policy.count_early_arrival:
        begins = max(begins, seat.shift.start)
    return max(ends - begins, 0 * MINUTE)
