"""Failed log-ins of an account, and how long the next attempt has to wait."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.adapters import account_keys
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.errors import ThrottledError
from attendance.times import from_iso, to_iso

FREE_FAILURES = 5
LONGEST_DELAY = timedelta(minutes=15)
REMEMBERED = timedelta(hours=6)
_TRIES = 5


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """How often an account has failed, and from when it may try again (UTC)."""

    failures: int = 0
    again_at: datetime | None = None
    revision: int = 0


def delay_after(failures: int) -> timedelta:
    """Nothing for the first failures, then 2 s, doubling up to a quarter of an hour."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_FAILURES + 1, 20)), LONGEST_DELAY)


def account_hash(company_id: str | None, email: str) -> str:
    """An account's name without the e-mail in it, known or not."""
    return hashlib.sha256(f"{company_id or ''}\n{email}".encode()).hexdigest()


class AttemptStore:
    """Counts failures by account; a delay, never a lock (rest-api.md section 6)."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def check(self, account: str, now: datetime) -> Attempts:
        """The account's attempts. Raises ThrottledError while it has to wait.

        Past the free failures the attempt is counted before it is made, so that a burst of
        guesses cannot slip in together.
        """
        found = self._read(account)
        if found.again_at is not None and now < found.again_at:
            raise _wait(found.again_at - now)
        if found.failures >= FREE_FAILURES and not self._write(account, found, now):
            raise _wait(timedelta(seconds=1))
        return found

    def failed(self, account: str, before: Attempts, now: datetime) -> None:
        """Count a failure that `check` has not counted yet."""
        found = before
        for _ in range(_TRIES):
            if found.failures >= FREE_FAILURES or self._write(account, found, now):
                return
            found = self._read(account)

    def succeeded(self, account: str, before: Attempts) -> None:
        """Forget the failures."""
        if before.revision:
            self._table.delete(account_keys.attempts_key(account))

    def _read(self, account: str) -> Attempts:
        note = self._table.get(NoteItem, account_keys.attempts_key(account))
        if note is None:
            return Attempts()
        return Attempts(
            failures=note.body["failures"],
            again_at=from_iso(note.body["againAt"]),
            revision=int(note.revision),
        )

    def _write(self, account: str, before: Attempts, now: datetime) -> bool:
        failures = before.failures + 1
        body = {"failures": failures, "againAt": to_iso(now + delay_after(failures))}
        expires_at = int((now + REMEMBERED).timestamp())
        item = NoteItem(
            *account_keys.attempts_key(account), kind="attempts", body=body, expires_at=expires_at
        )
        try:
            self._table.save(item.at_revision(before.revision))
        except ConditionFailedError:
            return False
        return True


def _wait(delay: timedelta) -> ThrottledError:
    seconds = max(1, -(-delay // timedelta(seconds=1)))
    return ThrottledError("Too many failed attempts for this account; wait and try again.", seconds)
