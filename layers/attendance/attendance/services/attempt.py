"""One attempt at a request, and what it needs to know of earlier ones (rest-api.md section 1).

A request with an `Idempotency-Key` may be attempted again after a function ended between its
commit and its answer. Then it must know its own work: what a transaction makes leaves a receipt
in that very transaction, and evidence on a seat carries an id that follows from the key.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from attendance.adapters import kept_answers
from attendance.adapters.kept_answers import AnswerStore
from attendance.adapters.seal import Seal
from attendance.errors import UnavailableError
from attendance.identity import new_id
from attendance.services.claims import Claim
from attendance.times import to_iso


class Attempt:
    """A request that nobody repeats: each attempt stands alone."""

    @property
    def is_repeat(self) -> bool:
        """Whether an earlier attempt may have committed."""
        return False

    def new_id(self, what: str = "object") -> str:
        """An id for something new; every attempt gets the same for the same `what`."""
        del what
        return new_id()

    def made(self) -> dict[str, Any] | None:
        """What an earlier attempt made and committed, as it was to be shown."""
        return None

    def receipt(self, _shown: dict[str, Any]) -> Sequence[Claim]:
        """The first part of the transaction that makes something: `made` of later attempts."""
        return ()

    def part(self, _name: str) -> "Attempt":
        """The attempt as one of several independent parts of the request sees it."""
        return self


ALONE = Attempt()


@dataclass(frozen=True, kw_only=True)
class KeyedAttempt(Attempt):
    """An attempt at a request with an `Idempotency-Key`."""

    answers: AnswerStore
    claim: kept_answers.Claim
    seal: Seal

    @property
    def is_repeat(self) -> bool:
        """Whether the claim on the key was taken over."""
        return self.claim.attempts > 1

    def new_id(self, what: str = "object") -> str:
        """A UUID that follows from person, company, route, key and the key's day."""
        origin = "\n".join((*self.claim.key, to_iso(self.claim.begun_at), what))
        return str(uuid.UUID(bytes=hashlib.sha256(origin.encode()).digest()[:16], version=5))

    def made(self) -> dict[str, Any] | None:
        """Read from the receipt, for a repeat only."""
        sealed = self.answers.receipt(self.claim) if self.is_repeat else None
        shown: dict[str, Any] | None = None if sealed is None else self.seal.open(sealed)
        return shown

    def receipt(self, shown: dict[str, Any]) -> Sequence[Claim]:
        """Of several attempts only one can commit: the others' receipts are refused.

        First in its transaction, so that this is told before any other refusal.
        """
        again = UnavailableError(
            "unavailable", "This request was carried out by another attempt just now; repeat."
        )
        sealed = self.seal.close(shown)
        return [Claim(kept_answers.put_receipt(self.claim, sealed), refusal=again)]

    def part(self, name: str) -> Attempt:
        """With ids of its own, and without a receipt: the whole is not made by one commit."""
        return _PartOfAttempt(whole=self, name=name)


@dataclass(frozen=True, kw_only=True)
class _PartOfAttempt(Attempt):
    whole: KeyedAttempt
    name: str

    @property
    def is_repeat(self) -> bool:
        return self.whole.is_repeat

    def new_id(self, what: str = "object") -> str:
        return self.whole.new_id(f"{self.name}\n{what}")
