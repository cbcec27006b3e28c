"""Parts that the agent's tests share: a service, terminals, a configuration, an outbox."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance_edge.outbox import Outbox, make_private_folder
from attendance_edge.uplink import AgentIdentity
from attendance_edge.uplink.identity import save_identity
from tests.edge.agent.fake_cloud import FakeCloud

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AGENT_ID = "acme_site1"


@pytest.fixture
def cloud() -> Iterator[FakeCloud]:
    service = FakeCloud()
    yield service
    service.close()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path / "state") as opened:
        yield opened


@pytest.fixture
def identity(cloud: FakeCloud, tmp_path: Path) -> AgentIdentity:
    """Enrolled: the key is in the state folder, its public half with the service."""
    key = Ed25519PrivateKey.generate()
    known = AgentIdentity(agent_id=AGENT_ID, company_id="acme", url=cloud.url, key=key)
    cloud.keys[AGENT_ID] = base64.urlsafe_b64decode(known.public_key() + "=")
    make_private_folder(tmp_path / "state")
    save_identity(tmp_path / "state", known)
    return known
