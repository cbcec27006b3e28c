"""An agent's list of terminals and each terminal's agent, kept in step."""

from collections.abc import Sequence
from dataclasses import replace

from attendance.adapters.directory import put_member
from attendance.model.directory import Member
from attendance.services.claims import Claim
from attendance.services.collections.shelf import Caller


def listing_claims(
    caller: Caller, device_id: str, held: str | None, wanted: str | None
) -> Sequence[Claim]:
    """A terminal goes from one agent's list to another's."""
    if held == wanted:
        return ()
    claims = []
    for agent_id, belongs in ((held, False), (wanted, True)):
        agent = _agent(caller, agent_id)
        if agent is None:
            continue
        others = [known for known in agent.body["deviceIds"] if known != device_id]
        device_ids = [*others, device_id] if belongs else others
        if device_ids != agent.body["deviceIds"]:
            after = replace(agent, body={**agent.body, "deviceIds": device_ids})
            claims.append(Claim(put_member(after)))
    return claims


def ownership_claims(
    caller: Caller, agent_id: str, held: Sequence[str], wanted: Sequence[str]
) -> Sequence[Claim]:
    """Terminals that are registered become the agent's, or nobody's; others wait for a report."""
    claims = []
    for device_id in dict.fromkeys((*held, *wanted)):
        device = caller.parts.directory.member(caller.session.company, "DEVICE", device_id)
        owner = agent_id if device_id in wanted else None
        if device is None or not device.is_active or device.body.get("agentId") == owner:
            continue
        if owner is None and device.body.get("agentId") != agent_id:
            continue
        after = replace(device, body={**device.body, "agentId": owner})
        claims.append(Claim(put_member(after)))
    return claims


def _agent(caller: Caller, agent_id: str | None) -> Member | None:
    if agent_id is None:
        return None
    agent = caller.parts.directory.member(caller.session.company, "AGENT", agent_id)
    return agent if agent is not None and agent.is_active else None
