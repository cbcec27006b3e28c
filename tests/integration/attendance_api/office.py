"""A company that lays out its shifts through the API, as clients do."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from attendance.adapters.keys import user_partition
from attendance.services.company_facts import load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.settle_verdict import Occasion
from attendance.times import to_iso
from tests.integration.attendance_api.world import World

ONE_DAY = timedelta(days=1)


class Office:
    """Ana and mia of a world, and their shifts around `now`."""

    def __init__(self, world: World, now: datetime) -> None:
        self.world = world
        self.now = now.replace(second=0, microsecond=0)

    def shift(self, starts_in: timedelta = timedelta(minutes=10), *, remember: bool = True) -> str:
        """A shift of two hours that ana and mia are on; in memory, unless told otherwise."""
        starts = self.now + starts_in
        ends = starts + timedelta(hours=2)
        shift_id = f"s-{uuid.uuid4().hex[:8]}"
        body = {
            "shiftId": shift_id,
            "shiftDate": f"{starts:%Y-%m-%d}",
            "startTime": f"{starts:%H:%M}",
            "endTime": f"{ends:%H:%M}",
        }
        made = self.world.post("mia", "/v1/shifts", body)
        assert made.status == 201, made.text
        path = f"/v1/shifts/{shift_id}/assignments"
        assert self.world.post("mia", path, {"userIds": ["ana", "mia"]}).status == 201
        if remember:
            self._remember(shift_id)
        return shift_id

    def unseat(self, shift_id: str) -> None:
        """Take both off a shift."""
        path, query = f"/v1/shifts/{shift_id}/assignments", {"userIds": ["ana", "mia"]}
        assert self.world.ask("mia", "DELETE", path, query=query).status == 200

    def _remember(self, shift_id: str) -> None:
        """Mia's check-in leaves sessions, grants, facts and the shift in this process's memory."""
        for who in ("mia", "ana"):
            self.world.get(who, "/v1/attendance-records/nothing")
        body = {"shiftId": shift_id, "checkInTime": to_iso(self.now)}
        assert self.world.post("mia", "/v1/check-in", body).status == 201

    def check_in(self, shift_id: str) -> dict:
        answer = self.world.post("ana", "/v1/check-in", {"shiftId": shift_id})
        assert answer.status == 201, answer.text
        return answer.body["attendanceRecord"]

    def raw_seat(self, shift_id: str, user_id: str = "ana") -> dict[str, Any]:
        """A person's seat as the table keeps it."""
        company = self.world.company
        rows = self.world.parts.table.query_all(
            user_partition(company, user_id), between=("S#", "S~")
        )
        return next(row for row in rows if row["sk"]["S"].endswith(f"#{shift_id}"))

    def plan(self, user_id: str = "ana") -> None:
        """What the stream does for a person's seats before anybody comes: plans their sweep."""
        parts, company = self.world.parts, self.world.company
        today = self.now.date()
        judge_person(
            parts,
            load_company_facts(parts.directory, company),
            Scope(user_id=user_id, first=today - ONE_DAY, last=today + ONE_DAY),
            Occasion(actor="directory", request_id="stream", now=self.now),
        )
