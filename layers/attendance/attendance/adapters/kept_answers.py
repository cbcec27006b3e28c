"""Answers kept for a day, so that a repeated request gets the first one's (Idempotency-Key)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.keys import Key
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.times import from_iso, to_iso

KEPT_FOR = timedelta(hours=24)
GIVEN_UP_AFTER = timedelta(seconds=30)
"""Longer than any function may run: a claim without an answer by then will never get one."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who may answer a key: `fingerprint` tells bodies apart, `answer` is None while under way."""

    key: Key
    fingerprint: str
    claimed_at: datetime
    answer: dict[str, Any] | None = None
    revision: int = 0

    def is_void(self, now: datetime) -> bool:
        """Whether the day is over, or the claimant ended without an answer."""
        kept_for = GIVEN_UP_AFTER if self.answer is None else KEPT_FOR
        return now - self.claimed_at > kept_for


class AnswerStore:
    """Claims and answers as notes of the person who asked."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def claim(self, key: Key, fingerprint: str, now: datetime) -> tuple[Claim, bool]:
        """The claim on a key, and whether it is ours just now."""
        present = self.read(key)
        if present is not None and not present.is_void(now):
            return present, False
        revision = 0 if present is None else present.revision
        claim = Claim(key=key, fingerprint=fingerprint, claimed_at=now, revision=revision)
        try:
            return self._write(claim), True
        except ConditionFailedError:
            won = self.read(key)
            return (won, False) if won is not None else self.claim(key, fingerprint, now)

    def read(self, key: Key) -> Claim | None:
        """The claim as it is now."""
        note = self._table.get(NoteItem, key)
        if note is None:
            return None
        return Claim(
            key=key,
            fingerprint=note.body["fingerprint"],
            claimed_at=from_iso(note.body["claimedAt"]),
            answer=note.body["answer"],
            revision=note.revision or 0,
        )

    def keep(self, claim: Claim, answer: dict[str, Any]) -> None:
        """Keep the answer; a claim that somebody took over meanwhile stays as it is."""
        kept = Claim(
            key=claim.key,
            fingerprint=claim.fingerprint,
            claimed_at=claim.claimed_at,
            answer=answer,
            revision=claim.revision,
        )
        try:
            self._write(kept)
        except ConditionFailedError:
            return

    def release(self, claim: Claim) -> None:
        """Let the next request with this key be answered anew."""
        self._table.delete(claim.key)

    def _write(self, claim: Claim) -> Claim:
        body = {
            "fingerprint": claim.fingerprint,
            "claimedAt": to_iso(claim.claimed_at),
            "answer": claim.answer,
        }
        expires_at = int((claim.claimed_at + KEPT_FOR).timestamp())
        item = NoteItem(*claim.key, kind="answer", body=body, expires_at=expires_at)
        self._table.save(item.at_revision(claim.revision))
        return Claim(
            key=claim.key,
            fingerprint=claim.fingerprint,
            claimed_at=claim.claimed_at,
            answer=claim.answer,
            revision=claim.revision + 1,
        )
