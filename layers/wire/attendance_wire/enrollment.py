"""How an agent becomes known to the service (punches.md, "Enrolment")."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class EnrollmentRequest:
    """`publicKey` is the agent's raw Ed25519 public key, 32 bytes in unpadded base64url."""

    enrollmentCode: str  # noqa: N815 - the names are the JSON keys
    publicKey: str  # noqa: N815
    hostname: str
    version: str

    def to_json(self) -> bytes:
        """The body of `POST /v1/agents/enroll`."""
        return json.dumps(asdict(self)).encode()


@dataclass(frozen=True, kw_only=True)
class Enrollment:
    """Who the agent is from now on; `serverTime` is ISO 8601 in UTC."""

    agentId: str  # noqa: N815 - the names are the JSON keys
    companyId: str  # noqa: N815
    serverTime: str  # noqa: N815

    @classmethod
    def from_json(cls, body: bytes | str) -> "Enrollment":
        """Raises ValueError when the answer is not an enrolment."""
        try:
            answer = json.loads(body)
            return cls(**{key: str(answer[key]) for key in ("agentId", "companyId", "serverTime")})
        except (TypeError, KeyError, RecursionError) as error:
            raise ValueError(f"not an enrolment: {error!r}") from error
