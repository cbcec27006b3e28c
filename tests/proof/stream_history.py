"""Made-up histories of a company's records, as the table's stream tells them."""

import random
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from attendance.adapters.items.seat_item import seat_to_item
from attendance.model.seat import Change, Seat, ShiftFacts, StoredVerdict, UserFacts
from tests.proof.moody_bus import UNBEARABLE
from tests.proof.stream_poller import Record

DAY = date(2026, 3, 6)
NINE = datetime(2026, 3, 6, 9, tzinfo=UTC)
KINDS = ("checkedIn", "checkedOut", "markedAbsent", "corrected")
STATUSES = ("present", "late", "leftEarly", "absent")


@dataclass
class History:
    """`versions` are the states of records that are news, each with its place in the stream."""

    dice: random.Random
    company: str = field(default_factory=lambda: f"c-{uuid.uuid4().hex[:12]}")
    records: list[Record] = field(default_factory=list)
    versions: list[tuple[str, Seat]] = field(default_factory=list)
    unreadable: int = 0
    _seats: list[Seat] = field(default_factory=list)

    @classmethod
    def made(cls, dice: random.Random, length: int) -> "History":
        """A history of some seats, with a few things in it that nobody can work on."""
        history = cls(dice)
        history._seats = [_seat(history.company, number) for number in range(4)]
        while len(history.records) < length:
            history._grow()
        return history

    def _grow(self) -> None:
        thrown, place = self.dice.random(), self.dice.randrange(len(self._seats))
        seat = self._seats[place]
        if thrown < 0.07:
            self._tell(None, {"kind": {"S": "seat"}})
            self.unreadable += 1
            return
        if thrown < 0.2:
            after = replace(seat, due_at=NINE + timedelta(minutes=self.dice.randrange(600)))
        else:
            after = self._next_version(seat, unbearable=thrown > 0.985)
            self.versions.append((str(len(self.records)), after))
        known = _image(seat) if seat.revision else None
        after = self._seats[place] = replace(after, revision=seat.revision + 1)
        self._tell(known, _image(after))

    def _next_version(self, seat: Seat, *, unbearable: bool) -> Seat:
        late = self.dice.choice([0, 0, 7, 90])
        verdict = StoredVerdict(
            status=self.dice.choice(STATUSES),
            check_in=NINE + timedelta(minutes=late),
            check_out=self.dice.choice([None, NINE + timedelta(hours=8)]),
            late_by_minutes=late,
            absence_reason=None,
            manager_note=UNBEARABLE if unbearable else None,
            is_active=True,
            details={
                "open": False,
                "workedMinutes": 0,
                "overtimeMinutes": 0,
                "earlyLeaveMinutes": 5,
                "halfDay": False,
                "flags": self.dice.choice([[], ["missingCheckOut"]]),
                "awaitingDevice": None,
            },
        )
        change = Change(
            kind=self.dice.choice(KINDS),
            actor="device:gate",
            request_id=f"r{len(self.records)}",
            at=NINE,
            cause=self.dice.choice([None, None, "latePunch"]) if seat.verdict else None,
        )
        version = seat.record_version + 1
        return replace(
            seat, verdict=verdict, change=change, record_version=version, updated_at=NINE
        )

    def _tell(self, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
        number = len(self.records)
        key = {"pk": {"S": f"C#{self.company}#U#bad"}, "sk": {"S": f"S#bad#{number}"}}
        image = {**key, **after}
        images = {"NewImage": image} | ({"OldImage": before} if before else {})
        keys = {name: image[name] for name in ("pk", "sk")}
        data = {"Keys": keys, "SequenceNumber": str(number), **images}
        self.records.append({"eventName": "MODIFY" if before else "INSERT", "dynamodb": data})


def _seat(company: str, number: int) -> Seat:
    return Seat(
        company_id=company,
        user_id=f"u{number % 2}",
        shift=ShiftFacts(
            shift_id=f"s{number}",
            shift_date=DAY,
            start_time="09:00",
            end_time="17:00",
            starts_at=NINE,
            ends_at=NINE + timedelta(hours=8),
            timezone="UTC",
            location=None,
            department_id=None,
        ),
        user=UserFacts(email="u@acme.example", fullname="U", avatar=None),
    )


def _image(seat: Seat) -> dict[str, Any]:
    return {**seat_to_item(seat).serialize(), "revision": {"N": str(seat.revision)}}
