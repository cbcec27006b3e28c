"""Answers kept for a day, so that a repeated request gets the first one's (Idempotency-Key).

Answers are sealed by the caller before they come here: some hold a secret that is shown once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from attendance.adapters.directory import put_note
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.keys import Key
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.adapters.table_requests import Write
from attendance.identity import new_mark
from attendance.times import from_iso, to_iso

KEPT_FOR = timedelta(hours=24)
GIVEN_UP_AFTER = timedelta(seconds=30)
"""Longer than any function may run: a claim without an answer by then will never get one."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who may answer a key: `fingerprint` tells bodies apart, `answer` is None while under way.

    `begun_at` and `request_id` are those of the first attempt, `claimed_at` of the present one.
    """

    key: Key
    fingerprint: str
    request_id: str
    begun_at: datetime
    claimed_at: datetime
    attempts: int = 1
    given_up: bool = False
    answer: str | None = None
    revision: int = 0

    def is_over(self, now: datetime) -> bool:
        """Whether the day of the key is over."""
        return now - self.begun_at > KEPT_FOR

    def is_abandoned(self, now: datetime) -> bool:
        """Whether there is no answer and its maker ended without one."""
        is_late = now - self.claimed_at > GIVEN_UP_AFTER
        return self.answer is None and (self.given_up or is_late)

    @property
    def receipt_key(self) -> Key:
        """Where this request's own commit leaves what it made."""
        return self.key[0], f"{self.key[1]}#{to_iso(self.begun_at)}"


class AnswerStore:
    """Claims, answers and receipts as notes of the person who asked."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def claim(
        self, key: Key, fingerprint: str, request_id: str, now: datetime
    ) -> tuple[Claim, bool]:
        """The claim on a key, and whether it is ours just now.

        One that was abandoned passes on to a request with the same body, as its next attempt.
        """
        wanted = Claim(
            key=key,
            fingerprint=fingerprint,
            request_id=request_id,
            begun_at=now,
            claimed_at=now,
        )
        present = self.read(key)
        if present is not None and present.is_over(now):
            wanted = replace(wanted, revision=present.revision)
        elif present is not None:
            if not present.is_abandoned(now) or present.fingerprint != fingerprint:
                return present, False
            attempts = present.attempts + 1
            wanted = replace(present, claimed_at=now, attempts=attempts, given_up=False)
        mark = new_mark()
        try:
            return self._write(wanted, mark), True
        except ConditionFailedError as error:
            if error.shows(mark):
                return replace(wanted, revision=wanted.revision + 1), True
            won = self.read(key)
            if won is None:
                return self.claim(key, fingerprint, request_id, now)
            return won, False

    def read(self, key: Key) -> Claim | None:
        """The claim as it is now."""
        note = self._table.get(NoteItem, key)
        if note is None:
            return None
        body = note.body
        return Claim(
            key=key,
            fingerprint=body["fingerprint"],
            request_id=body["requestId"],
            begun_at=from_iso(body["begunAt"]),
            claimed_at=from_iso(body["claimedAt"]),
            attempts=body["attempts"],
            given_up=body["givenUp"],
            answer=body["answer"],
            revision=note.revision or 0,
        )

    def keep(self, claim: Claim, answer: str) -> None:
        """Keep the answer; a claim that somebody took over meanwhile stays as it is."""
        self._rewrite(replace(claim, answer=answer))

    def give_up(self, claim: Claim) -> None:
        """Let the next request with this key and body try again at once."""
        self._rewrite(replace(claim, given_up=True))

    def forget(self, claim: Claim) -> None:
        """Free the key: the request did nothing."""
        self._table.delete(claim.key)

    def receipt(self, claim: Claim) -> str | None:
        """What an earlier attempt left beside its commit, sealed; None if there was none."""
        note = self._table.get(NoteItem, claim.receipt_key)
        return None if note is None else str(note.body["made"])

    def _rewrite(self, claim: Claim) -> None:
        try:
            self._write(claim, new_mark())
        except ConditionFailedError:
            return

    def _write(self, claim: Claim, mark: str) -> Claim:
        body = {
            "fingerprint": claim.fingerprint,
            "requestId": claim.request_id,
            "begunAt": to_iso(claim.begun_at),
            "claimedAt": to_iso(claim.claimed_at),
            "attempts": claim.attempts,
            "givenUp": claim.given_up,
            "answer": claim.answer,
            "mark": mark,
        }
        item = NoteItem(*claim.key, kind="answer", body=body, expires_at=_expiry(claim))
        self._table.save(item.at_revision(claim.revision))
        return replace(claim, revision=claim.revision + 1)


def put_receipt(claim: Claim, made: str) -> Write:
    """Part of a transaction: what it makes, sealed; refused if an attempt has committed before."""
    body: dict[str, Any] = {"made": made}
    return put_note(claim.receipt_key, body, kind="answer", expires_at=_expiry(claim))


def _expiry(claim: Claim) -> int:
    return int((claim.begun_at + KEPT_FOR).timestamp())
