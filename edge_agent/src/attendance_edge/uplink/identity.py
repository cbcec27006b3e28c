"""Who the agent is: its key pair and the ids the service gave it, in the state folder."""

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from attendance_edge.outbox.private_folder import ANOTHER_USER
from attendance_edge.sentence import sentence_of
from attendance_edge.uplink.errors import NotEnrolledError

KEY_FILE = "agent.key"
IDENTITY_FILE = "agent.json"


@dataclass(frozen=True, kw_only=True)
class AgentIdentity:
    """The ids of an enrolment, and the private key that goes with them."""

    agent_id: str
    company_id: str
    url: str
    key: Ed25519PrivateKey

    def public_key(self) -> str:
        """Raw, 32 bytes, in unpadded base64url."""
        return public_text(self.key)


def public_text(key: Ed25519PrivateKey) -> str:
    """A key's public half as the service wants it."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def load_identity(state_dir: Path) -> AgentIdentity:
    """NotEnrolledError when the agent has not been enrolled from this folder."""
    try:
        ids = json.loads((state_dir / IDENTITY_FILE).read_text())
        return AgentIdentity(
            agent_id=str(ids["agent_id"]),
            company_id=str(ids["company_id"]),
            url=str(ids["url"]),
            key=_load_key((state_dir / KEY_FILE).read_bytes()),
        )
    except FileNotFoundError as error:
        raise NotEnrolledError(
            "This agent is not enrolled: run `attendance-edge enroll --url URL --code CODE`.",
            mend="Ask a tenantAdmin for a code.",
        ) from error
    except OSError as error:
        raise NotEnrolledError(
            f"The agent's identity cannot be read: {sentence_of(error)}.", mend=ANOTHER_USER
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotEnrolledError(
            f"The agent's key or id in {state_dir} is damaged: enrol again.",
            mend="Ask a tenantAdmin for a new code, then enrol again; what waits is kept.",
        ) from error


def save_identity(state_dir: Path, identity: AgentIdentity) -> None:
    """Key first, both 0600 and durable, so that the ids never stand without their key."""
    pem = identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write_private(state_dir / KEY_FILE, pem)
    ids = {
        "agent_id": identity.agent_id,
        "company_id": identity.company_id,
        "url": identity.url,
    }
    _write_private(state_dir / IDENTITY_FILE, json.dumps(ids, indent=1).encode())


def _load_key(pem: bytes) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the key is not an Ed25519 key")
    return key


def _write_private(path: Path, content: bytes) -> None:
    unfinished = path.with_name(path.name + ".part")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
