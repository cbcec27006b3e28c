"""A company with a person, a shift and a terminal, put straight into the table."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from attendance.adapters import keys
from attendance.adapters.directory import put_note, put_user
from attendance.domain.schedule import schedule, wall_time
from attendance.identity import CompanyId
from attendance.model.directory import Member, User
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat, ShiftFacts, UserFacts

ACME = CompanyId("acme")
START = datetime(2026, 1, 1, tzinfo=UTC)


class Company:
    """Writes what the directory's routes would, and feeds the stream's changes by hand."""

    def __init__(self, parts) -> None:
        self.parts = parts
        self._before: dict[tuple[str, str], dict] = {}

    def person(self, user_id: str = "ann", numbers: tuple[str, ...] = ("5",)) -> User:
        user = User(
            company_id="acme",
            user_id=user_id,
            email=f"{user_id}@acme.example",
            fullname=user_id.title(),
            avatar=None,
            role_id="employee",
            department_id=None,
            device_user_ids=numbers,
            password_hash=None,
            employed_from=None,
            employed_to=None,
            is_active=True,
            valid_from=None,
            created_at=START,
            updated_at=START,
        )
        owners = [
            put_note(keys.owner_key(ACME, n), {"userId": user_id}, kind="who") for n in numbers
        ]
        self.parts.directory.transact([put_user(user), *owners])
        return user

    def device(self, device_id: str = "gate", **body) -> Member:
        device = Member(
            company_id="acme",
            collection="DEVICE",
            member_id=device_id,
            body={
                "deviceId": device_id,
                "name": device_id,
                "timezone": "UTC",
                "direction": None,
                "location": None,
                "approved": True,
                "agentId": "acme_agent",
                **body,
            },
            is_active=True,
            created_at=START,
            updated_at=START,
        )
        self.parts.directory.save_member(device)
        return device

    def seat(
        self,
        shift_id: str = "day",
        day: date = date(2026, 3, 6),
        start: str = "09:00",
        end: str = "17:00",
        user_id: str = "ann",
        zone: str = "UTC",
    ) -> Seat:
        times = schedule(day, wall_time(start), wall_time(end), ZoneInfo(zone))
        seat = Seat(
            company_id="acme",
            user_id=user_id,
            shift=ShiftFacts(
                shift_id=shift_id,
                shift_date=day,
                start_time=start,
                end_time=end,
                starts_at=times.start,
                ends_at=times.end,
                timezone=zone,
                location=None,
                department_id=None,
            ),
            user=UserFacts(email="ann@acme.example", fullname="Ann", avatar=None),
        )
        return self.parts.seats.save(seat)

    def punch(self, timestamp: str, number: str = "5", code: int = 0, **changes) -> StoredPunch:
        local = datetime.fromisoformat(timestamp).replace(tzinfo=UTC)
        values = {
            "company_id": "acme",
            "device_id": "gate",
            "user_id": number,
            "timestamp": timestamp,
            "status": 1,
            "punch": code,
            "uid": None,
            "log_index": None,
            "received_at": local + timedelta(seconds=30),
            "agent_id": "acme_agent",
            "batch_id": "b",
            "request_id": "r-punch",
        }
        punch = StoredPunch(**(values | changes))
        self.parts.punches.insert([punch])
        return punch

    def keep_policy(self, fields: dict) -> None:
        """A version of the company's policy, in force since the beginning of the year."""
        body = {"policy": fields, "version": 1, "effectiveFrom": "2026-01-01"}
        version = Member(
            company_id="acme",
            collection="POLICY",
            member_id="000001",
            body=body,
            is_active=True,
            created_at=START,
            updated_at=START,
        )
        self.parts.directory.save_member(version)

    def excuse(self, status: str) -> None:
        """A manager's correction of nothing but the status of Ann's record."""
        decision = {
            "kind": "correct",
            "id": "excuse",
            "at": "2026-03-07T08:00:00.000Z",
            "actor": "user:mia",
            "reason": "dentist",
            "set": {"status": status},
        }
        self.parts.seats.save(replace(self.record(), decisions=(decision,)))

    def changes(self) -> list[dict]:
        """Stream records for everything that changed in the table since the last call."""
        client = self.parts.table._client
        now = {
            (row["pk"]["S"], row["sk"]["S"]): row
            for row in client.scan(TableName=self.parts.settings.table_name)["Items"]
        }
        records = []
        for key in sorted(self._before.keys() | now.keys()):
            old, new = self._before.get(key), now.get(key)
            if old == new:
                continue
            name = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
            images = {"OldImage": old, "NewImage": new}
            records.append(
                {
                    "eventName": name,
                    "dynamodb": {
                        "Keys": {"pk": {"S": key[0]}, "sk": {"S": key[1]}},
                        "SequenceNumber": str(len(records)),
                        **{k: v for k, v in images.items() if v is not None},
                    },
                }
            )
        self._before = now
        return records

    def record(self, shift_id: str = "day", day: date = date(2026, 3, 6), user_id: str = "ann"):
        (seat,) = [
            s
            for s in self.parts.seats.of_user(ACME, user_id, day, day)
            if s.shift.shift_id == shift_id
        ]
        return seat


@pytest.fixture
def company(parts) -> Company:
    return Company(parts)
