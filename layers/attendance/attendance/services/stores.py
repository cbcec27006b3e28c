"""The stores a use case reads and writes, as ports: the runtime has them, and so may a test."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Protocol

from attendance.identity import CompanyId
from attendance.model.directory import Member, User
from attendance.model.punch import PunchOutcome, StoredPunch
from attendance.model.seat import Seat
from attendance.record_id import RecordKey


class SeatPort(Protocol):
    """Seats; see `adapters.seats.SeatStore`."""

    def get(self, company: CompanyId, key: RecordKey) -> Seat | None:
        """One seat, strongly consistent."""

    def of_user(self, company: CompanyId, user_id: str, first: date, last: date) -> list[Seat]:
        """A person's seats by shift date, both ends included."""

    def days(self, company: CompanyId, user_id: str, first: date, last: date) -> set[date]:
        """The shift dates on which a person has seats, both ends included."""

    def due(self, hour: datetime, until: datetime) -> Iterator[Seat]:
        """Seats whose sweep fell due in an hour, up to an instant."""

    def overdue(self, until: datetime) -> Iterator[Seat]:
        """Seats that were long due when they were written, up to an instant."""

    def save(self, seat: Seat) -> Seat:
        """Write a seat nobody else wrote since; raises StaleSeatError."""


class PunchPort(Protocol):
    """Punches; see `adapters.punches.PunchStore`."""

    def of_number(
        self, company: CompanyId, number: str, first: str, last: str
    ) -> list[StoredPunch]:
        """A number's punches by wall time, both ends included."""

    def days(self, company: CompanyId, number: str) -> set[date]:
        """The days, on terminals' clocks, on which a number punched."""

    def days_of_device(self, company: CompanyId, device_id: str) -> dict[str, set[date]]:
        """The days on which each number punched at a terminal."""

    def between(self, company: CompanyId, first: str, last: str) -> list[StoredPunch]:
        """A company's punches by wall time, both ends included; a moment behind."""

    def set_outcome(self, punch: StoredPunch, outcome: PunchOutcome) -> None:
        """Note what became of a punch."""


class DirectoryPort(Protocol):
    """People and members; see `adapters.directory.Directory`."""

    def user(self, company: CompanyId, user_id: str) -> User | None:
        """A person, active or not."""

    def owner_of_number(self, company: CompanyId, number: str) -> str | None:
        """Who has a device number."""

    def member_at(self, key: tuple[str, str]) -> Member | None:
        """The member kept at a key."""

    def members_now(self, company: CompanyId, collection: str) -> list[Member]:
        """All members of a collection, strongly consistent."""

    def member(self, company: CompanyId, collection: str, member_id: str) -> Member | None:
        """A member of a collection."""


class Stores(Protocol):
    """What the runtime offers to use cases that judge."""

    @property
    def seats(self) -> SeatPort:
        """Seats."""

    @property
    def punches(self) -> PunchPort:
        """Punches."""

    @property
    def directory(self) -> DirectoryPort:
        """People and members."""
