"""Sessions in the table: begun, ended, and what stands behind one at this moment."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from attendance.adapters import account_keys, keys
from attendance.adapters.directory import Directory, put_note
from attendance.adapters.items.directory_items import (
    MemberItem,
    NoteItem,
    UserItem,
    item_to_member,
    item_to_user,
)
from attendance.adapters.short_cache import ShortCache
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import CompanyId, new_id
from attendance.model.directory import Member, User
from attendance.times import from_iso, to_iso

SESSION_LENGTH = timedelta(hours=24)
CACHE_SECONDS = 30.0
CACHE_SIZE = 10_000
ENDED_AT = "endedAt"


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
        self._issued: ShortCache[bool] = ShortCache(seconds=CACHE_SECONDS, size=CACHE_SIZE)

    def begin(self, company: CompanyId, user_id: str, now: datetime) -> tuple[str, datetime]:
        """A new session's id, and when it ends at the latest."""
        session_id, ends_at = new_id(), now + SESSION_LENGTH
        body = {"beganAt": to_iso(now), "endsAt": to_iso(ends_at)}
        note = put_note(
            account_keys.session_key(company, user_id, session_id),
            body,
            kind="session",
            expires_at=int(ends_at.timestamp()),
        )
        self._directory.transact([note])
        return session_id, ends_at

    def end(
        self, company: CompanyId, user_id: str, session_id: str, until: datetime | None = None
    ) -> None:
        """End a session, also one that an issuer began; one that has ended already is fine.

        That it has ended is kept for as long as its tokens may live, at least `until` (UTC).
        """
        table, key = self._directory.table, account_keys.session_key(company, user_id, session_id)
        now = datetime.now(UTC)
        kept_to = int(max(now + SESSION_LENGTH, until or now).timestamp())
        while True:
            note = table.get(NoteItem, key)
            begun, revision = ({}, 0) if note is None else (note.body, note.revision)
            body = {ENDED_AT: to_iso(now), **begun}
            ended = NoteItem(*key, kind="session", body=body, expires_at=kept_to)
            with suppress(ConditionFailedError):
                table.save(ended.at_revision(revision))
                break
        name = (str(company), user_id, session_id)
        self._standings.forget(name)
        self._issued.forget(name)

    def goes_on(self, company: CompanyId, user_id: str, session_id: str) -> bool:
        """Whether a session that an issuer began has not been ended here, at most 30 s ago."""
        name = (str(company), user_id, session_id)
        if self._issued.get(name):
            return True
        note = self._directory.note(account_keys.session_key(company, user_id, session_id))
        return self._issued.put(name, note is None or ENDED_AT not in note)

    def ended(self, company: CompanyId, user_id: str, session_id: str) -> Standing | None:
        """What stood behind a session of ours that was logged out; None for any other."""
        return self._read(company, user_id, session_id, ended=True)

    def standing(self, company: CompanyId, user_id: str, session_id: str) -> Standing | None:
        """What stands behind a session, at most 30 s old; None when it has ended."""
        name = (str(company), user_id, session_id)
        kept = self._standings.get(name)
        if kept is not None:
            return kept
        found = self._read(company, user_id, session_id, ended=False)
        return None if found is None else self._standings.put(name, found)

    def forget_all(self) -> None:
        """Read every standing again: rights have changed in this very process."""
        self._standings.clear()

    def _read(
        self, company: CompanyId, user_id: str, session_id: str, *, ended: bool
    ) -> Standing | None:
        user, session, own = self._directory.table.get_many(
            [
                (UserItem, keys.user_key(company, user_id)),
                (NoteItem, account_keys.session_key(company, user_id, session_id)),
                (MemberItem, keys.company_key(company)),
            ]
        )
        if user is None or session is None or own is None:
            return None
        if (ENDED_AT in session.body) != ended:
            return None
        return Standing(
            user=item_to_user(user),
            company=item_to_member(own),
            began_at=from_iso(session.body["beganAt"]),
            ends_at=from_iso(session.body["endsAt"]),
        )
