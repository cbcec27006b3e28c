"""What a process remembers of a company for half a minute: facts, shifts, who is active.

For requests of people only. What follows from the stream judges by facts read afresh, and so
sets right what was judged by facts that had just changed elsewhere.
"""

from attendance.adapters.directory import Directory
from attendance.errors import InvalidError
from attendance.identity import CompanyId
from attendance.model.seat import ShiftFacts
from attendance.model.session import Session
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.shift_facts import facts_of_shift


def remembered_facts(directory: Directory, company: CompanyId) -> CompanyFacts:
    """Devices, sites, policies and calendar of a company."""
    key = ("facts", str(company))
    known: CompanyFacts | None = directory.memory.get(key)
    if known is None:
        known = directory.memory.put(key, load_company_facts(directory, company))
    return known


def remembered_shift(directory: Directory, company: CompanyId, shift_id: str) -> ShiftFacts | None:
    """The facts of an active shift, or None; its day cannot change while people are on it."""
    key = ("shift", str(company), shift_id)
    known: ShiftFacts | None = directory.memory.get(key)
    if known is not None:
        return known
    shift = directory.member(company, "SHIFT", shift_id)
    if shift is None or not shift.is_active:
        return None
    try:
        found = facts_of_shift(directory, company, shift_id, shift.body)
    except InvalidError:
        return None
    directory.memory.put(key, found)
    return found


def is_active(directory: Directory, session: Session, user_id: str) -> bool:
    """Whether a person of the session's company is there and active."""
    own = session.user
    if (own.company_id, own.user_id) == (str(session.company), user_id):
        return own.is_active
    key = ("active", str(session.company), user_id)
    known: bool | None = directory.memory.get(key)
    if known is None:
        user = directory.user(session.company, user_id)
        known = directory.memory.put(key, user is not None and user.is_active)
    return known
