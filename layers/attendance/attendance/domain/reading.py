"""From a punch's wall time to its instant: gap, fold and quarantine (rules.md section 1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from attendance.domain.instants import Readings, readings
from attendance.domain.outcome import Outcome
from attendance.domain.policy import Policy
from attendance.domain.policy_versions import PolicyVersion, policy_in_force
from attendance.domain.punch import Punch

NEVER = datetime.max.replace(tzinfo=UTC)
NEAR_RECEIVED = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPunch:
    """A punch with its instant (UTC).

    `policy` is that of its terminal's site on its wall date until the shifts are known
    (`local_policy`). `gap` and `fold` tell a wall time that did not exist or happened twice;
    `quarantine` is futureClock or tooOld when the punch may not be applied.
    """

    punch: Punch
    instant: datetime
    policy: Policy
    gap: bool = False
    fold: bool = False
    quarantine: Outcome | None = None


def read_punches(
    punches: Iterable[Punch], versions: Sequence[PolicyVersion]
) -> Mapping[str, ReadPunch | None]:
    """Every punch by its id, read in its device's log order; None where no instant can be told.

    A punch given twice is the one received first.
    """
    previous: dict[str, datetime] = {}
    found: dict[str, ReadPunch | None] = {}
    in_force: dict[tuple[date, str | None], Policy] = {}
    for punch in sorted(punches, key=_log_order):
        if punch.punch_id in found:
            continue
        place = punch.wall.date(), punch.location
        if place not in in_force:
            in_force[place] = policy_in_force(versions, place[0], location=place[1]).policy
        read = read_punch(punch, in_force[place], previous.get(punch.device_id))
        found[punch.punch_id] = read
        if read and not read.quarantine and punch.log_index is not None:
            previous[punch.device_id] = read.instant
    return found


def read_punch(punch: Punch, policy: Policy, previous: datetime | None) -> ReadPunch | None:
    """One punch read. `previous` is the instant of the line before it in the device's log."""
    try:
        meant = readings(punch.wall, punch.zone)
    except OverflowError:
        return None
    instant = _choose(meant, punch.received_at, punch.logged_after or previous)
    return ReadPunch(
        punch=punch,
        instant=instant,
        policy=policy,
        gap=meant.gap,
        fold=meant.second is not None,
        quarantine=None if punch.released else _quarantine(instant, punch.received_at, policy),
    )


def _choose(meant: Readings, received_at: datetime | None, previous: datetime | None) -> datetime:
    """F1 the only reading near received-at, F2 the second after a later log line, F3 the first."""
    if meant.second is None:
        return meant.first
    if received_at is not None:
        near = [m for m in (meant.first, meant.second) if abs(m - received_at) <= NEAR_RECEIVED]
        if len(near) == 1:
            return near[0]
    if previous is not None and meant.first < previous:
        return meant.second
    return meant.first


def _quarantine(instant: datetime, received_at: datetime | None, policy: Policy) -> Outcome | None:
    if received_at is None:
        return None
    if instant - received_at > timedelta(seconds=policy.max_future_skew_seconds):
        return Outcome.FUTURE_CLOCK
    if received_at - instant > timedelta(days=policy.max_backfill_days):
        return Outcome.TOO_OLD
    return None


def _log_order(punch: Punch) -> tuple[str, bool, int, str, datetime]:
    received = punch.received_at or NEVER
    return (
        punch.device_id,
        punch.log_index is None,
        punch.log_index or 0,
        punch.punch_id,
        received,
    )
