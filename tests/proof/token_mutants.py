"""Forged access tokens: spoilt in their text, header, claims or signature, never by our key."""

import base64
import hmac
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ODD = ["", ".", "..", "...", "=", "\x00", "é", " ", "\n", "%2e", "\ud800", "{}", "null"]
BAD_HEADERS: list[dict[str, Any]] = [
    {"alg": "none"},
    {"alg": "None"},
    {"alg": "NONE"},
    {"alg": "HS256"},
    {"alg": "HS512"},
    {"alg": "ES256"},
    {"alg": "RS256"},
    {"alg": "Ed25519"},
    {"alg": "Ed448"},
    {"alg": ""},
    {"alg": None},
    {"alg": ["EdDSA"]},
    {"alg": {"EdDSA": 1}},
    {"kid": None},
    {"kid": ""},
    {"kid": "../../etc/passwd"},
    {"kid": "C#company"},
    {"kid": ["a"]},
    {"kid": {"$ne": 1}},
    {"kid": 7},
    {"kid": "k" * 2000},
    {"jku": "https://evil.example/jwks.json"},
    {"x5u": "https://evil.example/key.pem"},
    {"x5c": ["MIIB"]},
    {"crit": ["exp"]},
    {"crit": ["b64"], "b64": False},
    {"crit": []},
    {"crit": "exp"},
    {"typ": "at+jwt", "cty": "JWT"},
    {"enc": "A256GCM", "alg": "dir"},
    {"zip": "DEF"},
]
BAD_CLAIMS: list[dict[str, Any]] = [
    {"exp": 9_999_999_999},
    {"exp": "9999999999"},
    {"exp": None},
    {"exp": 1e400},
    {"exp": -1},
    {"exp": [9_999_999_999]},
    {"iat": 0},
    {"iat": "now"},
    {"nbf": 9_999_999_999},
    {"iss": "urn:attendance:aws"},
    {"iss": ["urn:attendance:test"]},
    {"aud": ["attendance", "other"]},
    {"aud": "other"},
    {"sub": "root"},
    {"sub": "../../USER"},
    {"sub": None},
    {"sub": 0},
    {"sid": "another"},
    {"sid": "#"},
    {"companyId": "00000000-0000-0000-0000-000000000000"},
    {"companyId": "C#1"},
    {"companyId": {"$ne": 1}},
    {"roleId": "superAdmin"},
    {"roleId": ["superAdmin", "employee"]},
]


class Forger:
    """Has one good token and everything public, but not the signing key."""

    def __init__(self, token: str, public_jwk: dict[str, Any], dice: random.Random) -> None:
        self.token, self._jwk, self._dice = token, public_jwk, dice
        self._parts = token.split(".")
        self._header, self._claims = (json.loads(decoded(part)) for part in self._parts[:2])
        self._stranger = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32))

    def mutants(self, number: int) -> Iterator[tuple[str, str]]:
        """Forgeries, each with the name of its kind; none is the good token."""
        kinds = [
            self.a_character_changed,
            self.a_piece_cut,
            self.something_odd_put_in,
            self.another_header,
            self.other_claims,
            self.signed_by_a_stranger,
            self.signed_with_the_public_key,
            self.a_key_brought_along,
            self.parts_in_another_order,
            self.malformed_json,
        ]
        made = 0
        while made < number:
            kind: Callable[[], str] = kinds[made % len(kinds)]
            token = kind()
            if token.strip() != self.token:
                made += 1
                yield kind.__name__, token

    def a_character_changed(self) -> str:
        place = self._dice.randrange(len(self.token) - 1)
        return f"{self.token[:place]}{self._dice.choice(ALPHABET)}{self.token[place + 1 :]}"

    def a_piece_cut(self) -> str:
        first = self._dice.randrange(len(self.token))
        return self.token[:first] + self.token[first + self._dice.randint(1, 40) :]

    def something_odd_put_in(self) -> str:
        place = self._dice.randrange(len(self.token))
        return self.token[:place] + self._dice.choice(ODD) + self.token[place:]

    def another_header(self) -> str:
        header = {**self._header, **self._dice.choice(BAD_HEADERS)}
        signature = self._dice.choice([self._parts[2], "", encoded(b"\0" * 64)])
        return f"{encoded(header)}.{self._parts[1]}.{signature}"

    def other_claims(self) -> str:
        claims = {**self._claims, **self._dice.choice(BAD_CLAIMS)}
        return f"{self._parts[0]}.{encoded(claims)}.{self._parts[2]}"

    def signed_by_a_stranger(self) -> str:
        claims = {**self._claims, **self._dice.choice([{}, *BAD_CLAIMS])}
        kid = self._dice.choice([self._header["kid"], "stranger"])
        return self._signed({"alg": "EdDSA", "kid": kid}, claims)

    def signed_with_the_public_key(self) -> str:
        spelling = self._dice.choice(["x", "bytes", "json"])
        secret = {
            "x": self._jwk["x"].encode(),
            "bytes": decoded(self._jwk["x"]),
            "json": json.dumps(self._jwk).encode(),
        }[spelling]
        size = self._dice.choice(["256", "384", "512"])
        text = f"{encoded({**self._header, 'alg': f'HS{size}'})}.{self._parts[1]}"
        return f"{text}.{encoded(hmac.new(secret, text.encode(), f'sha{size}').digest())}"

    def a_key_brought_along(self) -> str:
        public = self._stranger.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        brought = {"kty": "OKP", "crv": "Ed25519", "x": encoded(public), **self._named()}
        place = self._dice.choice(["jwk", "jwks", "epk", "cnf"])
        return self._signed({**self._header, place: brought}, self._claims)

    def parts_in_another_order(self) -> str:
        count = self._dice.randint(1, 6)
        return ".".join(self._dice.choice([*self._parts, ""]) for _ in range(count))

    def malformed_json(self) -> str:
        deep = self._dice.choice([50, 1000])
        text = self._dice.choice(
            [
                b"[" * deep + b"]" * deep,
                b'{"a":' * deep + b"1" + b"}" * deep,
                b'{"exp":' + b"9" * deep + b"}",
                b'{"exp":NaN}',
                b'{"exp":Infinity}',
                b'{"sub":"\\ud800"}',
                b"\xff\xfe",
                b"",
                b"[]",
                b"7",
                b'"text"',
                json.dumps(self._claims).encode()[:-1],
                json.dumps(self._claims).encode() + b"x",
                json.dumps({**self._claims, "sub": "a"}).encode()[:-1] + b',"sub":"b"}',
            ]
        )
        if self._dice.random() < 0.5:
            return f"{encoded(text)}.{self._parts[1]}.{self._parts[2]}"
        return self._signed({"alg": "EdDSA", "kid": self._header["kid"]}, text)

    def _signed(self, header: dict[str, Any], claims: dict[str, Any] | bytes) -> str:
        text = f"{encoded(header)}.{encoded(claims)}"
        return f"{text}.{encoded(self._stranger.sign(text.encode()))}"

    def _named(self) -> dict[str, Any]:
        return {"kid": self._header["kid"], "use": "sig", "alg": "EdDSA"}


def encoded(value: dict[str, Any] | bytes) -> str:
    """As parts of a token are written."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes of a token's part."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
