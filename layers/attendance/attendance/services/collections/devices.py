"""Terminals: made by a person, or seen in a report and waiting for a person's word."""

from collections.abc import Sequence
from typing import Any

from attendance.errors import invalid_field
from attendance.inputs.things import DeviceBody
from attendance.model.directory import Member
from attendance.services.claims import Claim
from attendance.services.collections.agent_devices import listing_claims
from attendance.services.collections.member_shelf import MemberShelf
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.report_devices import REQUEST_ID

_NEW: dict[str, Any] = {"isNew": False, "health": None, "pushTokenHash": None}


class Devices(MemberShelf):
    """`/v1/devices`."""

    name = "DEVICE"
    data_name = "device"
    body = DeviceBody
    id_field = "deviceId"
    hidden = frozenset({"pushTokenHash", REQUEST_ID})

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """A person's word approves; a terminal keeps its id and belongs to an agent we know."""
        if before is not None and given["deviceId"] != before.member_id:
            raise invalid_field("deviceId", "the terminal's own id; it cannot change")
        self._check_agent(caller, given["agentId"], before)
        kept = _NEW if before is None else {"isNew": bool(before.body.get("isNew"))}
        body = {**kept, **super().checked(caller, given, before)}
        return {**body, "isNew": body["isNew"] and not body["approved"]}

    def _check_agent(self, caller: Caller, agent_id: str | None, before: Member | None) -> None:
        if agent_id is None or (before is not None and before.body.get("agentId") == agent_id):
            return
        agent = caller.parts.directory.member(caller.session.company, "AGENT", agent_id)
        if agent is None or not agent.is_active:
            raise invalid_field("agentId", "an agent of the company")

    def claims(self, caller: Caller, before: Member | None, after: Member) -> Sequence[Claim]:
        """The agents' own lists of terminals follow."""
        held = before.body.get("agentId") if before and before.is_active else None
        wanted = after.body.get("agentId") if after.is_active else None
        return listing_claims(caller, after.member_id, held, wanted)

    def show(self, member: Member) -> Shown:
        """Health is null until the first report."""
        return {"isNew": False, "health": None, **super().show(member)}
