"""The agent's signer and the service's verifier, which share no code, agree on every word."""

from datetime import UTC, datetime

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from attendance.adapters import agent_signature
from attendance.adapters.agent_signature import BadSignatureError, SignedMessage, verify_signature
from attendance_edge.uplink import signing
from attendance_edge.uplink.identity import AgentIdentity
from attendance_edge.uplink.signing import Signer
from attendance_wire import signature as wire

KEY = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def signed(query: str = "", created: datetime | None = None) -> SignedMessage:
    """A request as the agent sends it, and as the service sees it."""
    url = f"https://api.example/v1/punches{query}"
    request = httpx.Request("POST", url, json={"batchId": "b"})
    identity = AgentIdentity(agent_id="acme_site", company_id="acme", url="", key=KEY)
    Signer(identity).sign(request, created or datetime.now(UTC))
    return SignedMessage(
        method=request.method, url=url, headers=dict(request.headers), body=request.content
    )


@pytest.mark.parametrize("query", ["", "?requestId=r", "?"])
def test_what_the_agent_signs_the_service_takes(query: str) -> None:
    found = verify_signature(signed(query), {"acme_site": PUBLIC}.get)
    assert found.key_id == "acme_site"
    assert len(found.nonce) in agent_signature.NONCE_LENGTHS


def test_both_sides_have_the_same_words() -> None:
    assert agent_signature.SIGNATURE_LABEL == wire.SIGNATURE_LABEL
    assert agent_signature.SIGNATURE_ALGORITHM == wire.SIGNATURE_ALGORITHM
    assert agent_signature.COVERED_COMPONENTS == wire.COVERED_COMPONENTS
    assert agent_signature.MAX_CLOCK_SKEW.total_seconds() == wire.MAX_CLOCK_SKEW_SECONDS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGNATURE_LABEL", "other"),
        ("NONCE_BYTES", wire.NONCE_BYTES - 1),
        *(
            ("COVERED_COMPONENTS", tuple(c for c in wire.COVERED_COMPONENTS if c != left_out))
            for left_out in wire.COVERED_COMPONENTS
        ),
    ],
)
def test_an_agent_with_other_words_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    monkeypatch.setattr(signing, name, value)
    with pytest.raises(BadSignatureError):
        verify_signature(signed(), {"acme_site": PUBLIC}.get)


@pytest.mark.parametrize("side", [1, -1])
def test_the_clocks_may_differ_by_the_seconds_that_both_name(side: int) -> None:
    def after(seconds: float) -> SignedMessage:
        created = datetime.fromtimestamp(datetime.now(UTC).timestamp() - side * seconds, UTC)
        return signed(created=created)

    verify_signature(after(wire.MAX_CLOCK_SKEW_SECONDS - 5), {"acme_site": PUBLIC}.get)
    with pytest.raises(BadSignatureError):
        verify_signature(after(wire.MAX_CLOCK_SKEW_SECONDS + 5), {"acme_site": PUBLIC}.get)
