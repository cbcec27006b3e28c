"""A company with people, shifts, records and punches, put straight into the table."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts_api.parts import accounts_parts
from attendance.adapters.directory import put_member, put_user
from attendance.bootstrap import Runtime
from attendance.domain.schedule import schedule, wall_time
from attendance.domain.zones import zone_named
from attendance.identity import CompanyId
from attendance.model.directory import Member, User
from attendance.model.punch import PunchOutcome, StoredPunch
from attendance.model.seat import Seat, ShiftFacts, StoredVerdict, UserFacts
from attendance.services.begin_session import begin_session
from attendance_api.app import lambda_handler
from tests.http_events import Answer, ask

DAY = date(2026, 3, 6)
MADE = datetime(2026, 1, 1, tzinfo=UTC)


class World:
    """One company; its people ask the API with tokens of their own."""

    def __init__(self, parts: Runtime, company_id: str | None = None) -> None:
        self.parts = parts
        company_id = company_id or f"c-{uuid.uuid4().hex[:12]}"
        self.company = CompanyId(company_id)
        self._tokens: dict[str, str] = {}
        self.users: dict[str, User] = {}
        self._home = self._member("COMPANY", company_id, {"codename": company_id, "name": "Acme"})
        self.parts.directory.transact([put_member(self._home)])
        self.person("mia", role="manager")
        self.person("ana", numbers=("5", "55"))

    def _member(self, collection: str, member_id: str, body: dict[str, Any]) -> Member:
        return Member(
            company_id=str(self.company),
            collection=collection,
            member_id=member_id,
            body={"timezone": "UTC", "oidc": None, "suspended": False, **body},
            is_active=True,
            created_at=MADE,
            updated_at=MADE,
        )

    def member(self, collection: str, member_id: str, body: dict[str, Any]) -> None:
        """A small thing of the company, put into the directory."""
        self.parts.directory.save_member(self._member(collection, member_id, body))

    def person(self, user_id: str, role: str = "employee", numbers: tuple[str, ...] = ()) -> None:
        user = User(
            company_id=str(self.company),
            user_id=user_id,
            email=f"{user_id}@{self.company}.example",
            fullname=f"{user_id.title()} Person",
            avatar=None,
            role_id=role,
            department_id=None,
            device_user_ids=numbers,
            password_hash=None,
            employed_from=None,
            employed_to=None,
            is_active=True,
            valid_from=None,
            created_at=MADE,
            updated_at=MADE,
        )
        self.users[user_id] = user
        self.parts.directory.transact([put_user(user)])

    def token(self, user_id: str) -> str:
        if user_id not in self._tokens:
            session = begin_session(
                self.parts.sessions,
                accounts_parts().issuer,
                self.users[user_id],
                self._home,
                datetime.now(UTC),
            )
            self._tokens[user_id] = session.access_token
        return self._tokens[user_id]

    def ask(self, who: str | None, method: str, path: str, **options: Any) -> Answer:
        token = None if who is None else self.token(who)
        return ask(lambda_handler, method, path, token=token, **options)

    def get(self, who: str | None, path: str, **query: Any) -> Answer:
        return self.ask(who, "GET", path, query=query)

    def post(self, who: str | None, path: str, body: Any) -> Answer:
        return self.ask(who, "POST", path, body=body)

    def device(self, device_id: str, name: str, **health: Any) -> None:
        body = {"deviceId": device_id, "name": name, "approved": True, "health": health or None}
        self.parts.directory.save_member(self._member("DEVICE", device_id, body))

    def shift(self, shift_id: str, starts_at: datetime, hours: int = 8) -> None:
        """A shift in UTC, as the directory keeps it."""
        ends_at = starts_at + timedelta(hours=hours)
        body = {
            "shiftId": shift_id,
            "shiftDate": starts_at.date().isoformat(),
            "startTime": f"{starts_at:%H:%M}",
            "endTime": f"{ends_at:%H:%M}",
            "location": None,
            "departmentId": None,
        }
        self.parts.directory.save_member(self._member("SHIFT", shift_id, body))

    def seat(
        self, user_id: str, shift_id: str = "day", day: date = DAY, start: str = "09:00"
    ) -> Seat:
        """An assignment of eight hours, without a record."""
        start_time = wall_time(start)
        end_time = start_time.replace(hour=(start_time.hour + 8) % 24)
        times = schedule(day, start_time, end_time, zone_named("UTC"))
        facts = ShiftFacts(
            shift_id=shift_id,
            shift_date=day,
            start_time=start,
            end_time=f"{end_time:%H:%M}",
            starts_at=times.start,
            ends_at=times.end,
            timezone="UTC",
            location="plant",
            department_id="d1",
        )
        user = UserFacts(
            email=f"{user_id}@acme.example", fullname=f"{user_id.title()} Person", avatar=None
        )
        seat = Seat(company_id=str(self.company), user_id=user_id, shift=facts, user=user)
        return self.parts.seats.save(seat)

    def record(self, user_id: str, *, status: str = "present", **options: Any) -> Seat:
        """An assignment with a record."""
        verdict = StoredVerdict(
            status=status,
            check_in=None,
            check_out=None,
            late_by_minutes=15 if status == "late" else 0,
            absence_reason=None,
            manager_note="between managers",
            is_active=options.pop("is_active", True),
            details={"open": True, "flags": []},
        )
        seat = self.seat(user_id, **options)
        return self.parts.seats.save(
            replace(seat, verdict=verdict, record_version=1, created_at=MADE, updated_at=MADE)
        )

    def punch(
        self, timestamp: str, device_id: str = "gate", number: str = "5", **changes: Any
    ) -> StoredPunch:
        values: dict[str, Any] = {
            "company_id": str(self.company),
            "device_id": device_id,
            "user_id": number,
            "timestamp": timestamp,
            "status": 1,
            "punch": 0,
            "uid": None,
            "log_index": None,
            "received_at": MADE,
            "agent_id": None,
            "batch_id": None,
            "request_id": None,
        }
        punch = StoredPunch(**(values | changes))
        self.parts.punches.insert([punch])
        return punch

    def applied(self, punch: StoredPunch, user_id: str, shift_id: str) -> None:
        outcome = PunchOutcome(outcome="applied", user_id=user_id, shift_id=shift_id)
        self.parts.punches.set_outcome(punch, outcome)
