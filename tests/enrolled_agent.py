"""An agent as `enroll_agent` leaves it in the directory, for tests that need no code for it."""

import base64
from datetime import UTC, datetime

from attendance.adapters.directory import Directory
from attendance.model.directory import Member
from attendance.times import to_iso


def save_enrolled_agent(
    directory: Directory, company_id: str, agent_id: str, public_key: bytes
) -> None:
    """Keep an active agent with its raw public key; its terminals are those that it reports."""
    now = datetime.now(UTC)
    body = {
        "agentId": agent_id,
        "name": agent_id,
        "location": None,
        "deviceIds": [],
        "publicKey": base64.urlsafe_b64encode(public_key).decode().rstrip("="),
        "status": "active",
        "hostname": "site-1",
        "version": "0.1.0",
        "enrolledAt": to_iso(now),
    }
    directory.save_member(
        Member(
            company_id=company_id,
            collection="AGENT",
            member_id=agent_id,
            body=body,
            is_active=True,
            created_at=now,
            updated_at=now,
        )
    )
