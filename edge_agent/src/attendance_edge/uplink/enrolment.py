"""Becoming known to the service (punches.md, "Enrolment")."""

import socket
from importlib.metadata import version
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance_edge.uplink import remedies
from attendance_edge.uplink.answer import new_client, send
from attendance_edge.uplink.errors import CloudUnreachableError
from attendance_edge.uplink.identity import AgentIdentity, public_text, save_identity
from attendance_wire import Enrollment, EnrollmentRequest


def enroll(url: str, code: str, state_dir: Path) -> AgentIdentity:
    """Make a key pair here, register its public half against a one-time code, keep both.

    An identity that was there before is replaced only once the new one is good. Raises
    CloudError.
    """
    key = Ed25519PrivateKey.generate()
    base = url.rstrip("/")
    asked = EnrollmentRequest(
        enrollmentCode=code.strip(),
        publicKey=public_text(key),
        hostname=socket.gethostname()[:255],
        version=version("attendance-edge"),
    )
    enrollment = _post(f"{base}/v1/agents/enroll", asked)
    identity = AgentIdentity(
        agent_id=enrollment.agentId, company_id=enrollment.companyId, url=base, key=key
    )
    save_identity(state_dir, identity)
    return identity


def _post(url: str, asked: EnrollmentRequest) -> Enrollment:
    with new_client(url) as http:
        request = http.build_request(
            "POST", url, content=asked.to_json(), headers={"Content-Type": "application/json"}
        )
        answer = send(http, request)
    if answer.status != httpx.codes.OK:
        raise answer.refusal()
    try:
        return Enrollment.from_json(answer.content)
    except ValueError as error:
        raise CloudUnreachableError(
            f"{url} answered 200 without an enrolment: is this the attendance service?",
            mend=remedies.NO_RECEIPT,
        ) from error
