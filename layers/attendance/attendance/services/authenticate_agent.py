"""Which agent posted a request, and that it was posted once."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.adapters import keys
from attendance.adapters.agent_signature import (
    BadSignatureError,
    SignedMessage,
    verify_signature,
)
from attendance.adapters.directory import Directory
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.table_errors import ConditionFailedError
from attendance.errors import UnauthenticatedError
from attendance.identity import CompanyId, is_id, new_mark
from attendance.model.directory import Member

NONCE_KEPT = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Agent:
    """An enrolled agent: what it may do comes from here, never from a body."""

    company: CompanyId
    agent_id: str
    device_ids: tuple[str, ...]
    location: str | None


def authenticate_agent(directory: Directory, message: SignedMessage, now: datetime) -> Agent:
    """The agent behind a signed request.

    Raises UnauthenticatedError, the same for an unknown agent, a revoked one, a bad
    signature and a nonce seen before (punches.md, "Who may post").
    """
    found: list[Agent] = []

    def find_key(agent_id: str) -> bytes | None:
        member = _enrolled(directory, agent_id)
        if member is None:
            return None
        found.append(_agent(member))
        return base64.urlsafe_b64decode(member.body["publicKey"] + "==")

    try:
        signature = verify_signature(message, find_key)
        _spend_nonce(directory, found[0], signature.nonce, now)
    except (BadSignatureError, ConditionFailedError) as error:
        raise UnauthenticatedError(
            "invalidToken", "The request is not signed by an agent of this service, or not afresh."
        ) from error
    return found[0]


def company_of_agent(agent_id: str) -> CompanyId | None:
    """The company an agent id carries: `{companyId}_{suffix}`."""
    company, _, suffix = agent_id.rpartition("_")
    return CompanyId(company) if suffix and is_id(company) and is_id(agent_id) else None


def _enrolled(directory: Directory, agent_id: str) -> Member | None:
    company = company_of_agent(agent_id)
    member = None if company is None else directory.member(company, "AGENT", agent_id)
    if member is None or not member.is_active or not member.body.get("publicKey"):
        return None
    return member


def _agent(member: Member) -> Agent:
    return Agent(
        company=CompanyId(member.company_id),
        agent_id=member.member_id,
        device_ids=tuple(member.body.get("deviceIds") or ()),
        location=member.body.get("location"),
    )


def _spend_nonce(directory: Directory, agent: Agent, nonce: str, now: datetime) -> None:
    key, mark = keys.nonce_key(agent.company, agent.agent_id, nonce), new_mark()
    expires_at = int((now + NONCE_KEPT).timestamp())
    note = NoteItem(*key, kind="nonce", body={"mark": mark}, expires_at=expires_at)
    try:
        directory.table.save(note)
    except ConditionFailedError as error:
        if not error.shows(mark):
            raise
