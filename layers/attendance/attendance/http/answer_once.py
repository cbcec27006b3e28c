"""`Idempotency-Key`: the same key and body get the same answer for 24 hours."""

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from attendance.adapters.account_keys import kept_answer_key
from attendance.adapters.kept_answers import AnswerStore, Claim
from attendance.adapters.seal import Seal
from attendance.errors import ConflictError, InvalidError, UnavailableError
from attendance.http.request import Request
from attendance.services.attempt import KeyedAttempt

MAX_KEY_LENGTH = 255
MAX_KEPT_BYTES = 300_000
PATIENCE_SECONDS = 10.0

_NEVER_KEPT = {401, 429}
_DEEDS = ("dryRun", "allOrNothing")
"""Query names that make another request of the same body; others may differ in a repeat."""

Answer = dict[str, Any]


def asks_once(request: Request) -> bool:
    """Whether the request wants to be answered once."""
    return request.method == "POST" and "idempotency-key" in request.headers


def answer_once(
    request: Request, route: str, store: AnswerStore, resolve: Callable[[], Answer]
) -> Answer:
    """The first answer to this key by this person, company and route; made now if there is none.

    What failed on our side is not kept: repeating it is another attempt, which knows what the
    former one committed. Answers are sealed with the key, of which the table holds a hash only.
    Raises ConflictError (`idempotencyMismatch`) for the same key with another body, InvalidError
    for a key that is none, UnavailableError when the first request is still being answered.
    """
    session = request.session()
    given = _checked(request.headers["idempotency-key"])
    key = kept_answer_key(session.company, session.user_id, f"{route} {given}")
    fingerprint = _fingerprint(request)
    seal = Seal(given, "#".join(key))
    claim, is_ours = store.claim(key, fingerprint, request.request_id, datetime.now(UTC))
    if not is_ours:
        return _first_answer(store, claim, fingerprint, seal)
    request.request_id = claim.request_id
    request.attempt = KeyedAttempt(answers=store, claim=claim, seal=seal)
    try:
        answer = resolve()
    except BaseException:
        store.give_up(claim)
        raise
    _keep(store, claim, answer, seal)
    return answer


def _fingerprint(request: Request) -> str:
    deeds = [f"{name}={value.lower()}" for name in _DEEDS for value in request.query.get(name, [])]
    asked = "\n".join((*deeds, request.body or ""))
    return hashlib.sha256(asked.encode(errors="surrogatepass")).hexdigest()


def _checked(key: str) -> str:
    if not 0 < len(key) <= MAX_KEY_LENGTH or not key.isprintable():
        raise InvalidError(
            "invalidIdempotencyKey",
            f"Idempotency-Key: expected 1 to {MAX_KEY_LENGTH} printable characters.",
        )
    return key


def _keep(store: AnswerStore, claim: Claim, answer: Answer, seal: Seal) -> None:
    status = int(answer["statusCode"])
    kept = seal.close({**answer, "statusCode": status})
    if status in _NEVER_KEPT:
        store.forget(claim)
    elif status >= 500 or len(kept) > MAX_KEPT_BYTES:
        store.give_up(claim)
    else:
        store.keep(claim, kept)


def _first_answer(store: AnswerStore, claim: Claim, fingerprint: str, seal: Seal) -> Answer:
    deadline = time.monotonic() + PATIENCE_SECONDS
    present: Claim | None = claim
    while present is not None:
        if present.fingerprint != fingerprint:
            raise ConflictError(
                "idempotencyMismatch", "Idempotency-Key: it was used with another body."
            )
        if present.answer is not None:
            answer: Answer = seal.open(present.answer)
            return answer
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
        present = store.read(claim.key)
    raise UnavailableError(
        "unavailable", "The first request with this Idempotency-Key is not answered yet; repeat."
    )
