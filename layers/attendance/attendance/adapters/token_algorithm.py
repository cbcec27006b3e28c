"""The one algorithm of our tokens."""

from typing import Any

from joserfc.errors import UnsupportedAlgorithmError
from joserfc.jws import JWSRegistry

ALGORITHM = "EdDSA"


class EdDsaRegistry(JWSRegistry):
    """Knows EdDSA and nothing else.

    RFC 9864 prefers the name Ed25519, which libraries of other services do not read yet; the
    contract names EdDSA, so the library's warning about the older name is left out.
    """

    def get_alg(self, name: str) -> Any:
        """The algorithm, whatever a token asks for. Raises UnsupportedAlgorithmError."""
        if name != ALGORITHM:
            raise UnsupportedAlgorithmError(f"Algorithm of '{name}' is not supported")
        return self.algorithms[ALGORITHM]
