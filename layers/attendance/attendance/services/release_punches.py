"""Take punches out of quarantine, with a reason (rules.md section 1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from attendance.adapters.punch_list import PunchList
from attendance.errors import InvalidError, invalid_field
from attendance.model.punch import Release, StoredPunch, identity_of
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.attempt import ALONE, Attempt
from attendance.times import to_iso

QUARANTINED = frozenset({"futureClock", "tooOld"})
MOST_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class ReleaseFilter:
    """Which punches of the quarantine, of which person: all that are given have to hold."""

    device_id: str | None = None
    user_id: str | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Released:
    """`not_quarantined` were there and needed no release; `left` match and are for another time."""

    released: tuple[str, ...]
    not_found: tuple[str, ...] = ()
    not_quarantined: tuple[str, ...] = ()
    left: int = 0


def release_by_ids(
    parts: Runtime,
    session: Session,
    ids: Iterable[str],
    reason: str | None,
    attempt: Attempt = ALONE,
) -> Released:
    """Release the punches of these ids (`GET /v1/punches` tells them); the stream judges again.

    What an earlier attempt released counts as released now. Raises InvalidError without a
    reason (`reasonRequired`).
    """
    told = _release(parts, session, reason, attempt)
    released, missing, sound = [], [], []
    for punch_id in dict.fromkeys(ids):
        identity = identity_of(punch_id)
        punch = None if identity is None else parts.punches.get(session.company, identity)
        if punch is None:
            missing.append(punch_id)
        elif _is_open(punch, told) and _is_released(parts, punch, told):
            released.append(punch_id)
        else:
            sound.append(punch_id)
    return Released(
        released=tuple(released), not_found=tuple(missing), not_quarantined=tuple(sound)
    )


def release_by_filter(
    parts: Runtime,
    session: Session,
    wanted: ReleaseFilter,
    reason: str | None,
    attempt: Attempt = ALONE,
) -> Released:
    """Release what the filter finds in quarantine, 500 at once; errors as `release_by_ids`."""
    told = _release(parts, session, reason, attempt)
    day = None if wanted.day is None else wanted.day.isoformat()
    punches = PunchList(parts.table)
    if wanted.user_id is None:
        found = punches.of_company(session.company, day)
    else:
        owner = parts.directory.user(session.company, wanted.user_id)
        numbers = owner.device_user_ids if owner else ()
        found = punches.of_numbers(session.company, numbers, day)
    held = _held(found, wanted, told)
    now = list(islice(held, MOST_AT_ONCE))
    released = [punch.punch_id for punch in now if _is_released(parts, punch, told)]
    return Released(released=tuple(released), left=sum(1 for _ in held))


def _release(parts: Runtime, session: Session, reason: str | None, attempt: Attempt) -> Release:
    session.require("punches.release")
    if reason is None or not reason.strip():
        raise InvalidError("reasonRequired", "reason: expected why the punches are released.")
    return Release(
        actor=f"user:{session.user_id}",
        at=to_iso(parts.now()),
        reason=reason.strip(),
        write_id=attempt.new_id("release"),
    )


def _held(
    punches: Iterable[StoredPunch], wanted: ReleaseFilter, told: Release
) -> Iterator[StoredPunch]:
    return (
        punch
        for punch in punches
        if _is_open(punch, told) and wanted.device_id in (None, punch.device_id)
    )


def _is_open(punch: StoredPunch, told: Release) -> bool:
    return _is_quarantined(punch) or _is_own(punch, told)


def _is_own(punch: StoredPunch, told: Release) -> bool:
    return punch.release is not None and punch.release.write_id == told.write_id


def _is_released(parts: Runtime, punch: StoredPunch, told: Release) -> bool:
    return _is_own(punch, told) or parts.punches.release(punch, told)


def _is_quarantined(punch: StoredPunch) -> bool:
    outcome = punch.outcome.outcome if punch.outcome else None
    return not punch.released and outcome in QUARANTINED


def check_one_way(ids: object, wanted: object) -> None:
    """Raises InvalidError unless either ids or a filter are given."""
    if (ids is None) == (wanted is None):
        raise invalid_field("ids", "either ids or a filter")
