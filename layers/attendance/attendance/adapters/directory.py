"""People and the small things of a company in the table."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.directory_items import (
    MemberItem,
    NoteItem,
    UserItem,
    item_to_member,
    item_to_user,
    member_to_item,
    user_to_item,
)
from attendance.adapters.short_cache import ShortCache
from attendance.adapters.table import Table
from attendance.adapters.table_requests import Write
from attendance.identity import CompanyId
from attendance.model.directory import Member, User
from attendance.times import to_iso

MEMORY_SECONDS = 30.0


class Directory:
    """Users, members of collections, and notes: names taken, sessions, kept answers.

    `memory` is for what was read here: it is at most `MEMORY_SECONDS` old, and every write
    through this directory empties it.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.memory: ShortCache[Any] = ShortCache(seconds=MEMORY_SECONDS, size=5_000)

    def user(self, company: CompanyId, user_id: str) -> User | None:
        """A person, active or not."""
        item = self.table.get(UserItem, keys.user_key(company, user_id))
        return None if item is None else item_to_user(item)

    def users(self, company: CompanyId) -> Iterator[User]:
        """All active people of a company, by id; a moment behind."""
        rows = self.table.query_all(keys.list_partition(company, "USERS"), index="byList")
        return (item_to_user(UserItem.from_raw_data(row)) for row in rows)

    def everybody(self, company: CompanyId) -> Iterator[str]:
        """The ids of all people a company has or had; a moment behind."""
        for collection in ("USERS", "FORMER_USERS"):
            rows = self.table.query_all(keys.list_partition(company, collection), index="byList")
            yield from (row["userId"]["S"] for row in rows)

    def users_by_id(self, company: CompanyId, user_ids: Sequence[str]) -> dict[str, User | None]:
        """People by their ids, active or not, strongly consistent."""
        found: dict[str, User | None] = {}
        for first in range(0, len(user_ids), 100):
            chunk = user_ids[first : first + 100]
            places = [(UserItem, keys.user_key(company, user_id)) for user_id in chunk]
            for user_id, item in zip(chunk, self.table.get_many(places), strict=True):
                found[user_id] = None if item is None else item_to_user(item)
        return found

    def owner_of_number(self, company: CompanyId, number: str) -> str | None:
        """The user id of the person who has a device number."""
        note = self.table.get(NoteItem, keys.owner_key(company, number))
        return None if note is None else str(note.body["userId"])

    def member(self, company: CompanyId, collection: str, member_id: str) -> Member | None:
        """A member of a collection (`DEVICE`, `SHIFT` ...), active or not."""
        return self.member_at(keys.place_of_member(company, collection, member_id))

    def company(self, company: CompanyId) -> Member | None:
        """The company itself, active or not: name, codename, timezone, oidc, suspended."""
        return self.member_at(keys.company_key(company))

    def member_at(self, key: keys.Key) -> Member | None:
        """The member kept at a key, active or not."""
        item = self.table.get(MemberItem, key)
        return None if item is None else item_to_member(item)

    def members(
        self,
        company: CompanyId,
        collection: str,
        *,
        between: tuple[str, str] | None = None,
        newest_first: bool = False,
    ) -> Iterator[Member]:
        """All active members of a collection, in their list's order; a moment behind."""
        rows = self.table.query_all(
            keys.members_partition(company, collection),
            index="byList",
            between=between,
            newest_first=newest_first,
        )
        return (item_to_member(MemberItem.from_raw_data(row)) for row in rows)

    def devices_due(self, hour: datetime, until: datetime) -> Iterator[Member]:
        """Terminals of all companies that the clock has to look at, strictly before `until`.

        Read consistently, after an index told which: one may have reported meanwhile.
        """
        rows = self.table.query_all(
            keys.member_due_partition(hour), index="byDue", between=("0", to_iso(until))
        )
        while places := [(row["pk"]["S"], row["sk"]["S"]) for row in islice(rows, 100)]:
            for item in self.table.get_many([(MemberItem, place) for place in places]):
                if item is not None:
                    yield item_to_member(item)

    def members_now(self, company: CompanyId, collection: str) -> list[Member]:
        """All members kept in the company's own partition, strongly consistent."""
        prefix = f"{collection}#"
        rows = self.table.query_all(keys.company_partition(company), between=(prefix, f"{prefix}~"))
        return [item_to_member(MemberItem.from_raw_data(row)) for row in rows]

    def save_member(self, member: Member, *, list_sk: str | None = None) -> None:
        """Write a member if its revision is unchanged; raises ConditionFailedError."""
        try:
            self.table.save(member_to_item(member, list_sk=list_sk))
        finally:
            self.memory.clear()

    def note(self, key: keys.Key) -> dict[str, Any] | None:
        """The body of a note, or None."""
        item = self.table.get(NoteItem, key)
        return None if item is None else dict(item.body)

    def transact(self, writes: Sequence[Write], *, token: str | None = None) -> None:
        """All writes or none; see `Table.transact`."""
        try:
            self.table.transact(writes, token=token)
        finally:
            self.memory.clear()


def put_user(user: User) -> Write:
    """Part of a transaction: write a person, if the revision is unchanged."""
    return Write("put", user_to_item(user))


def put_member(member: Member, *, list_sk: str | None = None) -> Write:
    """Part of a transaction: write a member, if its revision is unchanged."""
    return Write("put", member_to_item(member, list_sk=list_sk))


def put_note(
    key: keys.Key,
    body: dict[str, Any],
    *,
    kind: str = "note",
    expires_at: int | None = None,
    revision: int = 0,
) -> Write:
    """Part of a transaction: take a name, if it is free or still as it was at `revision`.

    `expires_at` is in epoch seconds.
    """
    item = NoteItem(*key, kind=kind, body=body, expires_at=expires_at)
    return Write("put", item.at_revision(revision))


def drop_note(key: keys.Key) -> Write:
    """Part of a transaction: give a name back."""
    return Write("delete", NoteItem(*key))
