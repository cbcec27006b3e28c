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
from attendance.adapters.items.directory_items import MemberItem, NoteItem, item_to_member
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


@dataclass(frozen=True, kw_only=True)
class Upload:
    """Whose upload it is; `key` is where it is noted once stored, `known` the note if it was."""

    agent: Agent
    key: keys.Key | None
    known: NoteItem | None


def authenticate_agent(
    directory: Directory, message: SignedMessage, now: datetime, digest: str | None = None
) -> Upload:
    """The agent behind a signed request, and what is known of an upload by its digest.

    Raises UnauthenticatedError, the same for an unknown agent, a revoked one, a bad
    signature and a nonce seen before (punches.md, "Who may post").
    """
    found: list[Upload] = []

    def find_key(agent_id: str) -> bytes | None:
        member, key, known = _enrolled(directory, agent_id, digest)
        if member is None:
            return None
        found.append(Upload(agent=_agent(member), key=key, known=known))
        return base64.urlsafe_b64decode(member.body["publicKey"] + "==")

    try:
        signature = verify_signature(message, find_key)
        _spend_nonce(directory, found[0].agent, signature.nonce, now)
    except (BadSignatureError, ConditionFailedError) as error:
        raise UnauthenticatedError(
            "invalidToken", "The request is not signed by an agent of this service, or not afresh."
        ) from error
    return found[0]


def company_of_agent(agent_id: str) -> CompanyId | None:
    """The company an agent id carries: `{companyId}_{suffix}`."""
    company, _, suffix = agent_id.rpartition("_")
    return CompanyId(company) if suffix and is_id(company) and is_id(agent_id) else None


def _enrolled(
    directory: Directory, agent_id: str, digest: str | None
) -> tuple[Member | None, keys.Key | None, NoteItem | None]:
    """The active agent, and where its upload is noted with the note, all by one read."""
    company = company_of_agent(agent_id)
    if company is None:
        return None, None, None
    key = keys.batch_key(company, agent_id, digest) if digest else None
    own = (MemberItem, keys.member_key(company, "AGENT", agent_id))
    item, *notes = directory.table.get_many([own, *([(NoteItem, key)] if key else [])])
    member = None if item is None else item_to_member(item)
    if member is None or not member.is_active or not member.body.get("publicKey"):
        return None, None, None
    return member, key, notes[0] if notes else None


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
