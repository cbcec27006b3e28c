"""What an agent finds in its folder: who it is, and which terminals it reads."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance_edge.outbox import make_private_folder
from attendance_edge.uplink import AgentIdentity
from attendance_edge.uplink.identity import save_identity

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tests.edge.agent.fake_cloud import FakeCloud


def enroll(folder: Path, cloud: FakeCloud) -> None:
    key = Ed25519PrivateKey.generate()
    known = AgentIdentity(agent_id="acme_site", company_id="acme", url=cloud.url, key=key)
    cloud.keys["acme_site"] = base64.urlsafe_b64decode(known.public_key() + "=")
    make_private_folder(folder / "state")
    save_identity(folder / "state", known)


def write_config(
    folder: Path,
    url: str,
    ports: dict[str, int],
    zones: dict[str, str],
    locks_out: Collection[str],
    **agent: float,
) -> Path:
    """An edge.toml for terminals on loopback; of some of them people are locked out meanwhile."""
    lines = ["[cloud]", f'url = "{url}"', "[api]", 'listen = ""', "[agent]"]
    lines += [f"{name} = {value}" for name, value in agent.items()]
    for device_id, port in ports.items():
        lines += ["[[device]]", f'id = "{device_id}"', f'name = "{device_id}"']
        lines += ['address = "127.0.0.1"', f"port = {port}", 'transport = "tcp"']
        lines += [f'timezone = "{zones[device_id]}"']
        lines += [f"disable_during_read = {str(device_id in locks_out).lower()}"]
    path = folder / "edge.toml"
    path.write_text("\n".join(lines))
    return path
