"""A day on which everybody checks in and out over a wire that fails."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from attendance.services.company_facts import load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.settle_verdict import Occasion
from attendance.times import to_iso
from tests.http_events import Answer
from tests.integration.attendance_api.office import Office
from tests.proof.lossy_wire import CONFLICT, FINE, LOST, THROTTLED
from tests.proof.record_history import FAIL, INFO, OK, Told
from tests.proof.staff import Staff

TRIES = 400


class AmbiguousDay:
    """What the people of one shift are told."""

    def __init__(self, staff: Staff) -> None:
        self.staff, self.office = staff, staff.office
        self.told: list[Told] = []

    def live(self) -> None:
        """Everybody comes and goes, by the manager's hand."""
        for user_id in self.staff.people:
            self._come_and_go(user_id)

    def _come_and_go(self, user_id: str) -> None:
        keyed = int(user_id[1:]) % 2 == 0
        at = to_iso(self.office.now - timedelta(hours=2))
        body = {"shiftId": self.staff.shift_id, "userId": user_id, "checkInTime": at}
        record = self._until_told(user_id, "in", "/v1/check-in", body, keyed=keyed)
        if record is not None:
            body = {"attendanceRecordId": record["id"], "checkOutTime": to_iso(self.office.now)}
            self._until_told(user_id, "out", "/v1/check-out", body, keyed=keyed)

    def _until_told(
        self, user_id: str, evidence: str, path: str, body: dict[str, Any], *, keyed: bool
    ) -> dict[str, Any] | None:
        """The record; a caller with a key repeats the request until it knows."""
        headers = {"Idempotency-Key": f"{user_id} {evidence}"} if keyed else {}
        sure = True
        for _ in range(TRIES):
            answer = self.office.world.ask("mia", "POST", path, body=body, headers=headers)
            self._note(user_id, evidence, answer, alone=keyed or sure)
            if answer.status < 300:
                record: dict[str, Any] = answer.body["attendanceRecord"]
                return record
            if answer.status < 500:
                return self._found(user_id)
            sure = False
        raise AssertionError(f"{user_id} is not answered")

    def _note(self, user_id: str, evidence: str, answer: Answer, *, alone: bool) -> None:
        assert answer.status in {200, 201, 409, 503}, answer.text
        outcome = {409: FAIL, 503: INFO}.get(answer.status, OK)
        told = answer.body.get("attendanceRecord", {})
        self.told.append(
            Told(
                user_id=user_id,
                evidence=evidence,
                outcome=outcome,
                word=answer.body.get("message", ""),
                record_version=told.get("recordVersion", 0),
                alone=alone,
            )
        )

    def _found(self, user_id: str) -> dict[str, Any] | None:
        query = {"userId": user_id, "caching": "false"}
        answer = self.office.world.get("mia", "/v1/attendance-records", **query)
        rows: list[dict[str, Any]] = answer.body["attendanceRecords"]
        return rows[0] if rows else None


def dice(random: random.Random) -> Callable[[str, dict[str, Any]], str]:
    """The plan's faults: 30 % of writes lose their reply, 20 % are throttled, 10 % conflict."""

    def fate(_operation: str, _request: dict[str, Any]) -> str:
        thrown = random.random()
        return LOST if thrown < 0.3 else THROTTLED if thrown < 0.5 else _third(thrown)

    return fate


def _third(thrown: float) -> str:
    return CONFLICT if thrown < 0.6 else FINE


class Meddler:
    """Judges a person at once when a reply of his is lost, as the stream may."""

    def __init__(self, stores: SimpleNamespace, office: Office) -> None:
        self._stores, self._office = stores, office
        self._facts = load_company_facts(stores.directory, office.world.company)

    def __call__(self, request: dict[str, Any]) -> None:
        user_id = user_of(request)
        if user_id is None:
            return
        day, now = self._office.now.date(), datetime.now(UTC)
        scope = Scope(user_id=user_id, first=day, last=day + timedelta(days=1))
        occasion = Occasion(actor="directory", request_id="stream", now=now)
        judge_person(self._stores, self._facts, scope, occasion)


def user_of(request: dict[str, Any]) -> str | None:
    """Whose seat a request writes, if it does."""
    key = request.get("Key") or request.get("Item") or {}
    if not key.get("sk", {}).get("S", "").startswith("S#"):
        return None
    return str(key["pk"]["S"].rpartition("#")[2])
