"""Values kept so that only the bearer of a secret text can read them again."""

import base64
import json
import os
import zlib
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"attendance: seal of a kept answer, 1"
_NONCE_BYTES = 12


class Seal:
    """AES-256-GCM under a key drawn from `secret`; `place` binds a value to where it is kept."""

    def __init__(self, secret: str, place: str) -> None:
        kdf = HKDF(algorithm=SHA256(), length=32, salt=place.encode(), info=_PURPOSE)
        self._cipher = AESGCM(kdf.derive(secret.encode(errors="surrogatepass")))

    def close(self, value: Any) -> str:
        """A JSON value, compressed and sealed, as text."""
        nonce = os.urandom(_NONCE_BYTES)
        plain = zlib.compress(json.dumps(value).encode())
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, plain, None)).decode()

    def open(self, text: str) -> Any:
        """The value. Raises cryptography's InvalidTag for another secret or place."""
        sealed = base64.b64decode(text)
        plain = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        return json.loads(zlib.decompress(plain))
