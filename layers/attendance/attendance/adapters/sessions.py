"""Sessions in the table: begun, ended, and what stands behind one at this moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.adapters import keys
from attendance.adapters.directory import Directory, drop_note, put_note
from attendance.adapters.items.directory_items import (
    MemberItem,
    NoteItem,
    UserItem,
    item_to_member,
    item_to_user,
)
from attendance.adapters.short_cache import ShortCache
from attendance.identity import CompanyId, new_id
from attendance.model.directory import Member, User
from attendance.times import from_iso, to_iso

SESSION_LENGTH = timedelta(hours=24)
CACHE_SECONDS = 30.0
CACHE_SIZE = 10_000


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A session that has not ended, with its person and company as they are; times in UTC."""

    user: User
    company: Member
    began_at: datetime
    ends_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether the session still counts: person active, company open, rights not renewed."""
        renewed_at = self.user.valid_from
        return (
            self.user.is_active
            and self.company.is_active
            and not self.company.body.get("suspended")
            and now < self.ends_at
            and (renewed_at is None or self.began_at >= renewed_at)
        )


class SessionStore:
    """Begins and ends sessions; their standing is read again after at most `CACHE_SECONDS`."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._standings: ShortCache[Standing] = ShortCache(seconds=CACHE_SECONDS, size=CACHE_SIZE)

    def begin(self, company: CompanyId, user_id: str, now: datetime) -> tuple[str, datetime]:
        """A new session's id, and when it ends at the latest."""
        session_id, ends_at = new_id(), now + SESSION_LENGTH
        body = {"beganAt": to_iso(now), "endsAt": to_iso(ends_at)}
        note = put_note(
            keys.session_key(company, user_id, session_id),
            body,
            kind="session",
            expires_at=int(ends_at.timestamp()),
        )
        self._directory.transact([note])
        return session_id, ends_at

    def end(self, company: CompanyId, user_id: str, session_id: str) -> None:
        """End a session; one that has ended already is fine."""
        self._directory.transact([drop_note(keys.session_key(company, user_id, session_id))])
        self._standings.forget((str(company), user_id, session_id))

    def standing(self, company: CompanyId, user_id: str, session_id: str) -> Standing | None:
        """What stands behind a session, at most 30 s old; None when it has ended."""
        name = (str(company), user_id, session_id)
        kept = self._standings.get(name)
        if kept is not None:
            return kept
        found = self._read(company, user_id, session_id)
        return None if found is None else self._standings.put(name, found)

    def forget_all(self) -> None:
        """Read every standing again: rights have changed in this very process."""
        self._standings.clear()

    def _read(self, company: CompanyId, user_id: str, session_id: str) -> Standing | None:
        user, session, own = self._directory.table.get_many(
            [
                (UserItem, keys.user_key(company, user_id)),
                (NoteItem, keys.session_key(company, user_id, session_id)),
                (MemberItem, keys.company_key(company)),
            ]
        )
        if user is None or session is None or own is None:
            return None
        return Standing(
            user=item_to_user(user),
            company=item_to_member(own),
            began_at=from_iso(session.body["beganAt"]),
            ends_at=from_iso(session.body["endsAt"]),
        )
