"""An agent's list of terminals and each terminal's agent, kept in step."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from attendance.adapters.directory import put_member
from attendance.errors import invalid_field
from attendance.model.directory import Member
from attendance.services.claims import Claim
from attendance.services.collections.shelf import Caller

MOST_MOVES = 40
"""Terminals that one change of an agent may move: each may need two writes of a transaction."""


def listing_claims(
    caller: Caller, device_id: str, held: str | None, wanted: str | None
) -> Sequence[Claim]:
    """A terminal goes from one agent's list to another's."""
    if held == wanted:
        return ()
    taken = _relist(caller, held, drop={device_id}) if held else []
    given = _relist(caller, wanted, add=(device_id,)) if wanted else []
    return [*taken, *given]


def ownership_claims(
    caller: Caller, agent_id: str, held: Sequence[str], wanted: Sequence[str]
) -> Sequence[Claim]:
    """Registered terminals become the agent's, or nobody's; others wait for their first report.

    A terminal that was another agent's leaves that one's list. Raises InvalidError for too many.
    """
    claims: list[Claim] = []
    left: dict[str, set[str]] = {}
    for device_id in dict.fromkeys((*held, *wanted)):
        device = caller.parts.directory.member(caller.session.company, "DEVICE", device_id)
        after = agent_id if device_id in wanted else None
        if device is None or not device.is_active or device.body.get("agentId") == after:
            continue
        before = device.body.get("agentId")
        if after is None and before != agent_id:
            continue
        if before not in (None, agent_id):
            left.setdefault(before, set()).add(device_id)
        claims.append(Claim(put_member(replace(device, body={**device.body, "agentId": after}))))
    for other, device_ids in left.items():
        claims += _relist(caller, other, drop=device_ids)
    if len(claims) > 2 * MOST_MOVES:
        raise invalid_field("deviceIds", f"at most {MOST_MOVES} terminals moved at once")
    return claims


def _relist(
    caller: Caller, agent_id: str, *, drop: Iterable[str] = (), add: Sequence[str] = ()
) -> list[Claim]:
    agent: Member | None = caller.parts.directory.member(caller.session.company, "AGENT", agent_id)
    if agent is None or not agent.is_active:
        return []
    changed = {*drop, *add}
    kept = [device_id for device_id in agent.body["deviceIds"] if device_id not in changed]
    device_ids = [*kept, *add]
    if device_ids == agent.body["deviceIds"]:
        return []
    return [Claim(put_member(replace(agent, body={**agent.body, "deviceIds": device_ids})))]
