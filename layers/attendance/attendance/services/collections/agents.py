"""Agents: programs at a site that read terminals and sign what they send."""

import secrets
from collections.abc import Sequence
from typing import Any

from attendance.inputs.things import AgentBody
from attendance.model.directory import Member
from attendance.services.claims import Claim
from attendance.services.collections.agent_devices import ownership_claims
from attendance.services.collections.member_shelf import MemberShelf
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.enrollment_code import new_code, put_code
from attendance.times import to_iso

_NEW: dict[str, Any] = {
    "status": "waiting",
    "publicKey": None,
    "hostname": None,
    "version": None,
    "enrolledAt": None,
}


class Agents(MemberShelf):
    """`/v1/agents`; removing one revokes its key."""

    name = "AGENT"
    data_name = "agent"
    body = AgentBody
    id_field = "agentId"

    def new_id(self, caller: Caller, _given: dict[str, Any]) -> str:
        """The id carries the company, so that a signature's keyid leads to its key in one read."""
        return f"{caller.session.company}_{secrets.token_hex(8)}"

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """Key and status are not a client's to write."""
        body = super().checked(caller, given, before)
        return {**_NEW, **body} if before is None else body

    def claims(self, caller: Caller, before: Member | None, after: Member) -> Sequence[Claim]:
        """Its terminals become its own; a terminal of another agent changes hands."""
        held = before.body["deviceIds"] if before else ()
        wanted = after.body["deviceIds"] if after.is_active else ()
        return ownership_claims(caller, after.member_id, held, wanted)

    def first_shown(self, caller: Caller, after: Member) -> tuple[Shown, Sequence[Claim]]:
        """The agent with its one-time code, shown this once."""
        code = new_code(caller.parts.now())
        told = {"enrollmentCode": code.text, "expiresAt": to_iso(code.expires_at)}
        return {**self.show(after), **told}, [Claim(put_code(code, after))]

    def last_state(self, body: dict[str, Any]) -> dict[str, Any]:
        """The key counts no more."""
        return {**body, "status": "revoked"}
