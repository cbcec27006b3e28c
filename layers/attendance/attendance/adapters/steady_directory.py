"""A directory for many rows of one run: what they all ask for is read once."""

from typing import Any

from attendance.adapters.directory import Directory
from attendance.adapters.table import Table
from attendance.identity import CompanyId
from attendance.model.directory import Member

_STEADY = frozenset({"COMPANY", "LOCATION", "POLICY"})


class SteadyDirectory(Directory):
    """The company, its sites and its policies stay as they were first read."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._kept: dict[tuple[str, ...], Any] = {}

    def member(self, company: CompanyId, collection: str, member_id: str) -> Member | None:
        """As `Directory.member`; a site is read once."""
        if collection not in _STEADY:
            return super().member(company, collection, member_id)
        place = ("member", str(company), collection, member_id)
        if place not in self._kept:
            self._kept[place] = super().member(company, collection, member_id)
        member: Member | None = self._kept[place]
        return member

    def company(self, company: CompanyId) -> Member | None:
        """As `Directory.company`, read once."""
        return self.member(company, "COMPANY", str(company))

    def members_now(self, company: CompanyId, collection: str) -> list[Member]:
        """As `Directory.members_now`; policies are read once."""
        if collection not in _STEADY:
            return super().members_now(company, collection)
        place = ("members", str(company), collection)
        if place not in self._kept:
            self._kept[place] = super().members_now(company, collection)
        members: list[Member] = self._kept[place]
        return members
