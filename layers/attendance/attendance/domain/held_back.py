"""Punches that are not replayed at all: unreadable, in quarantine, or nobody's."""

from attendance.domain.outcome import Outcome
from attendance.domain.person import Person
from attendance.domain.punch import Punch
from attendance.domain.reading import ReadPunch


def held_back(punch: Punch, read: ReadPunch | None, person: Person) -> Outcome | None:
    """Why a punch takes no part in the replay, None for one that does (rules.md section 1, 2)."""
    if read is None:
        return Outcome.INVALID_TIME
    if read.quarantine is not None:
        return read.quarantine
    if not person.known or (person.numbers is not None and punch.number not in person.numbers):
        return Outcome.UNKNOWN_USER
    if person.inactive_at(read.instant):
        return Outcome.INACTIVE_USER
    return None
