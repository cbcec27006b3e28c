"""An agent makes its public key known, against a one-time code (punches.md, "Enrolment")."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from attendance.adapters import account_keys
from attendance.adapters.directory import put_member, put_note
from attendance.adapters.items.directory_items import NoteItem
from attendance.errors import UnauthenticatedError
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.runtime import Runtime
from attendance.services.authenticate_agent import Agent
from attendance.services.claims import ChangedMeanwhileError, Claim, commit
from attendance.services.enrollment_code import hash_of
from attendance.times import from_iso, to_iso


def enroll_agent(
    parts: Runtime, *, code: str, public_key: str, hostname: str, version: str
) -> Agent:
    """The agent of a code, with the key from now on.

    Raises UnauthenticatedError, the same for a code that is unknown, over, or used by another
    key. The same key may come again with its code, in case it never heard the answer.
    """
    now, public_key = parts.now(), public_key.rstrip("=")
    place = account_keys.enrollment_key(hash_of(code))
    note = parts.table.get(NoteItem, place)
    agent = None if note is None else _waiting(parts, note.body, public_key, now)
    if note is None or agent is None:
        raise _refused()
    if note.body["usedBy"] != public_key:
        used = put_note(
            place,
            {**note.body, "usedBy": public_key},
            kind="enrollment",
            expires_at=int(note.expires_at),
            revision=int(note.revision),
        )
        agent = _enrolled(agent, public_key, hostname, version, now)
        try:
            commit(parts.directory, [Claim(used), Claim(put_member(agent))])
        except ChangedMeanwhileError as error:
            raise _refused() from error
    return Agent(
        company=CompanyId(agent.company_id),
        agent_id=agent.member_id,
        device_ids=tuple(agent.body["deviceIds"]),
        location=agent.body["location"],
    )


def _waiting(parts: Runtime, code: dict[str, Any], public_key: str, now: datetime) -> Member | None:
    if now >= from_iso(code["expiresAt"]) or code["usedBy"] not in (None, public_key):
        return None
    agent = parts.directory.member(CompanyId(code["companyId"]), "AGENT", code["agentId"])
    return agent if agent is not None and agent.is_active else None


def _enrolled(agent: Member, public_key: str, hostname: str, version: str, now: datetime) -> Member:
    facts = {
        "publicKey": public_key,
        "hostname": hostname,
        "version": version,
        "status": "active",
        "enrolledAt": to_iso(now),
    }
    return replace(agent, body={**agent.body, **facts}, updated_at=now)


def _refused() -> UnauthenticatedError:
    return UnauthenticatedError(
        "invalidCredentials", "enrollmentCode: the code is unknown, used, or older than 15 minutes."
    )
