"""The service's own handler for uploads, behind a loopback socket, on a real table."""

from __future__ import annotations

import json
import random
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attendance.identity import CompanyId
from ingest_punches.app import lambda_handler
from tests.edge.proof.recording import ANSWER_FAULTS, RecordedCloud
from tests.edge.proof.site import RECOVERY_SECONDS, Site
from tests.enrolled_agent import save_enrolled_agent
from tests.http_events import CONTEXT, http_event

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from attendance.bootstrap import Runtime
    from tests.edge.proof.history import History, Punch
    from tests.edge.proof.recording import Fault

ACME = CompanyId("acme")
MOST_PUNCHES = 10_000


class Enrolled(dict[str, bytes]):
    """Agents by id, with the raw public key: whoever is put in is in the table's directory."""

    def __init__(self, parts: Runtime) -> None:
        super().__init__()
        self._parts = parts

    def __setitem__(self, agent_id: str, key: bytes) -> None:
        save_enrolled_agent(self._parts.directory, str(ACME), agent_id, key)


class RealIngest(RecordedCloud):
    """What it keeps is what the table holds; every other receipt for punches is spoilt."""

    refuses = False

    def __init__(self, history: History, parts: Runtime, seed: str) -> None:
        super().__init__(history)
        self.spoils = True
        self._receipts = 0
        self._dice = random.Random(seed)
        self.keys = Enrolled(parts)
        self._parts = parts
        self._one_at_a_time = threading.Lock()

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        self.begin_exchange()
        event = http_event(method, path, headers=dict(headers), raw_body=body.decode())
        with self._one_at_a_time:
            response = lambda_handler(event, CONTEXT)
        fields = json.loads(response["body"])
        if response["statusCode"] == 200:
            self.note_taken(json.loads(body), fields)
        return response["statusCode"], fields

    def draw_fault(self) -> Fault | None:
        if not (self.spoils and self.exchange.punches):
            return None
        self._receipts += 1
        return self._dice.choice(ANSWER_FAULTS) if self._receipts % 2 else None

    def read(self) -> set[Punch]:
        zones = {
            device.member_id: ZoneInfo(device.body["timezone"])
            for device in self._parts.directory.members_now(ACME, "DEVICE")
        }
        found, more = self._parts.punches.newest(ACME, day=None, limit=MOST_PUNCHES)
        assert more is None
        rows = []
        for one in found:
            wall = datetime.fromisoformat(one.timestamp).replace(tzinfo=zones[one.device_id])
            punch = (one.device_id, one.user_id, one.timestamp, one.status, one.punch)
            rows.append({"punch": punch, "instant": wall.astimezone(UTC).isoformat()})
        self.history.add("cloud", "ok", "read", None, rows)
        return {row["punch"] for row in rows}


class RealSite(Site):
    """Its punches are of two days ago."""

    def __init__(self, folder: Path, stack: ExitStack, seed: str, parts: Runtime) -> None:
        first = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(days=2)
        super().__init__(folder, stack, seed, partial(RealIngest, parts=parts, seed=seed), first)

    @property
    def ingest(self) -> RealIngest:
        assert isinstance(self.cloud, RealIngest)
        return self.cloud

    def recover(self, within: float = RECOVERY_SECONDS) -> None:
        self.ingest.spoils = False
        super().recover(within)
