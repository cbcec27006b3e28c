"""The public halves of the signing keys, kept in the table for functions without the secret."""

import time
from collections.abc import Callable
from typing import Any

from joserfc.jwk import OKPKey

from attendance.adapters import account_keys
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError

REFRESH_SECONDS = 5.0
RE_READ_SECONDS = 300.0
KEPT_KEYS = 3
"""Older keys stay beside the new one, so that tokens signed before a change run out in peace."""


class PublicKeys:
    """Finds a key by its kid; an unknown kid reads the table again, at most every few seconds."""

    def __init__(self, table: Table, clock: Callable[[], float] = time.monotonic) -> None:
        self._table = table
        self._clock = clock
        self._read_at: float | None = None
        self._jwks: list[dict[str, Any]] = []

    def find(self, kid: str) -> OKPKey | None:
        """The key of a kid, or None; never a key that a token brought itself."""
        self._refresh(RE_READ_SECONDS)
        found = self._known(kid)
        if found is None:
            self._refresh(REFRESH_SECONDS)
            found = self._known(kid)
        return None if found is None else OKPKey.import_key(found)

    def prepare(self) -> None:
        """Read the keys ahead of the first token; that there are none yet is not kept in mind."""
        self._refresh(RE_READ_SECONDS)
        if not self._jwks:
            self._read_at = None

    def publish(self, jwk: dict[str, Any]) -> None:
        """Make a key known to all functions; known already is fine."""
        while True:
            note = self._table.get(NoteItem, account_keys.public_keys_key())
            known = [] if note is None else list(note.body["keys"])
            if any(key["kid"] == jwk["kid"] for key in known):
                return
            body = {"keys": [jwk, *known][:KEPT_KEYS]}
            item = NoteItem(*account_keys.public_keys_key(), kind="jwks", body=body)
            try:
                self._table.save(item.at_revision(0 if note is None else note.revision))
            except ConditionFailedError:
                continue
            self._read_at = None
            return

    def as_jwks(self) -> dict[str, Any]:
        """The JWKS document (RFC 7517)."""
        self._refresh(REFRESH_SECONDS)
        return {"keys": self._jwks}

    def _known(self, kid: str) -> dict[str, Any] | None:
        return next((key for key in self._jwks if key["kid"] == kid), None)

    def _refresh(self, older_than: float) -> None:
        if self._read_at is not None and self._clock() - self._read_at < older_than:
            return
        note = self._table.get(NoteItem, account_keys.public_keys_key())
        self._jwks = [] if note is None else list(note.body["keys"])
        self._read_at = self._clock()
