"""The public keys of a company's own OpenID Connect issuer, fetched over https and kept a while."""

import json
from typing import Any

import urllib3
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from urllib3.exceptions import HTTPError

from attendance.adapters.short_cache import ShortCache

KEPT_SECONDS = 600.0
REFRESH_SECONDS = 30.0
MAX_BYTES = 256_000
DISCOVERY = "/.well-known/openid-configuration"


class IssuerUnreachableError(Exception):
    """The issuer does not answer, or not with what OpenID Connect Discovery promises."""


class IssuerKeys:
    """Key sets by issuer; nothing but https is asked, and no redirect is followed."""

    def __init__(self) -> None:
        self._http = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=2, read=3), retries=False, maxsize=2
        )
        self._kept: ShortCache[KeySet] = ShortCache(seconds=KEPT_SECONDS, size=200)
        self._asked: ShortCache[bool] = ShortCache(seconds=REFRESH_SECONDS, size=200)

    def of(self, issuer: str, kid: str | None) -> KeySet:
        """The issuer's keys; an unknown `kid` fetches them again, at most every half a minute.

        Raises IssuerUnreachableError.
        """
        kept = self._kept.get(issuer)
        if kept is not None and (_knows(kept, kid) or self._asked.get(issuer)):
            return kept
        if kept is None and self._asked.get(issuer):
            raise IssuerUnreachableError(issuer)
        self._asked.put(issuer, True)
        return self._kept.put(issuer, self._fetch(issuer))

    def _fetch(self, issuer: str) -> KeySet:
        told = self._get(issuer.rstrip("/") + DISCOVERY)
        place = told.get("jwks_uri")
        if told.get("issuer") != issuer or not isinstance(place, str):
            raise IssuerUnreachableError(issuer)
        try:
            return KeySet.import_key_set(self._get(place))  # type: ignore[arg-type]
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise IssuerUnreachableError(issuer) from error

    def _get(self, url: str) -> dict[str, Any]:
        if not url.startswith("https://"):
            raise IssuerUnreachableError(url)
        try:
            answer = self._http.request("GET", url, redirect=False, preload_content=False)
            try:
                body = answer.read(MAX_BYTES + 1)
            finally:
                answer.release_conn()
            value = json.loads(body) if answer.status == 200 and len(body) <= MAX_BYTES else None
        except (HTTPError, ValueError, RecursionError) as error:
            raise IssuerUnreachableError(url) from error
        if not isinstance(value, dict):
            raise IssuerUnreachableError(url)
        return value


def _knows(keys: KeySet, kid: str | None) -> bool:
    return kid is None or any(key.kid == kid for key in keys.keys)
