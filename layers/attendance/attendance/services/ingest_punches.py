"""Take a batch of punches from an agent: durable, once, whatever the order (punches.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.adapters.punches import PunchStore
from attendance.model.directory import Member
from attendance.model.punch import StoredPunch
from attendance.services.authenticate_agent import Agent
from attendance.services.check_punch_rows import PunchRow


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`accepted + duplicates + len(rejected)` is the number of rows sent; rows by index."""

    accepted: int
    duplicates: int
    rejected: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a batch came from; `read_at` is each terminal's received-at (UTC)."""

    agent: Agent
    batch_id: str
    request_id: str
    read_at: Mapping[str, datetime]
    now: datetime


def ingest_punches(
    store: PunchStore,
    rows: Sequence[PunchRow | str],
    devices: Mapping[str, Member],
    origin: Origin,
) -> Receipt:
    """Store what is new of a batch and account for every row.

    A row that is a sentence is malformed. `devices` are the company's active devices by id, as
    they are after the batch's own reports. Raises UnavailableError when the table is busy: the
    same batch may then be sent again.
    """
    checked = [row if isinstance(row, str) else _owned(row, devices, origin.agent) for row in rows]
    rejected = tuple((i, row) for i, row in enumerate(checked) if isinstance(row, str))
    good = [row for row in checked if isinstance(row, PunchRow)]
    unique = {punch.punch_id: punch for punch in (_stored(row, origin) for row in reversed(good))}
    fresh = sum(store.insert(list(unique.values())))
    return Receipt(accepted=fresh, duplicates=len(good) - fresh, rejected=rejected)


def _owned(row: PunchRow, devices: Mapping[str, Member], agent: Agent) -> PunchRow | str:
    owner = devices[row.device_id].body.get("agentId")
    return row if owner == agent.agent_id else "foreignDevice"


def _stored(row: PunchRow, origin: Origin) -> StoredPunch:
    return StoredPunch(
        company_id=str(origin.agent.company),
        device_id=row.device_id,
        user_id=row.user_id,
        timestamp=row.timestamp,
        status=row.status,
        punch=row.punch,
        uid=row.uid,
        log_index=row.log_index,
        received_at=origin.read_at.get(row.device_id, origin.now),
        agent_id=origin.agent.agent_id,
        batch_id=origin.batch_id,
        request_id=origin.request_id,
    )
