"""What a collection of small things may say for itself."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from attendance.errors import NotAuthorizedError
from attendance.inputs.fields import Input
from attendance.inputs.list_query import ListQuery
from attendance.model.directory import Member
from attendance.model.principal import Principal
from attendance.services.claims import Claim
from attendance.services.collections.shelf import Caller, Shown
from attendance.times import to_iso


class MemberRules:
    """Rules that every collection has, each to be overridden by one that knows better.

    `read` and `write` are the permissions asked for; `hidden` are keys kept but never shown.
    """

    name: ClassVar[str]
    data_name: ClassVar[str]
    body: ClassVar[type[Input]]
    id_field: ClassVar[str | None] = None
    changes_base: ClassVar[type[Input]] = Input
    query: ClassVar[type[ListQuery]] = ListQuery
    read: ClassVar[str] = "directory.read"
    write: ClassVar[str] = "directory.write"
    hidden: ClassVar[frozenset[str]] = frozenset()
    newest_first: ClassVar[bool] = False

    def permissions(self, session: Principal) -> list[str]:
        """Of the two permissions of this collection, those the session has."""
        return [name for name in (self.read, self.write) if session.may(name)]

    def show(self, member: Member) -> Shown:
        """The object as clients see it."""
        names = {"id": member.member_id} | (
            {self.id_field: member.member_id} if self.id_field else {}
        )
        return {
            **names,
            **{k: v for k, v in member.body.items() if k not in self.hidden and k not in names},
            "companyId": member.company_id,
            "isActive": member.is_active,
            "createdAt": to_iso(member.created_at),
            "updatedAt": to_iso(member.updated_at),
        }

    def new_id(self, caller: Caller, given: dict[str, Any]) -> str:
        """The id of a new object: the client's, or a fresh one."""
        chosen = given.get(self.id_field) if self.id_field else None
        return str(chosen) if chosen else caller.attempt.new_id()

    def checked(
        self, _caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """The body to keep; keys that clients do not write stay as they were."""
        return {**(before.body if before else {}), **given}

    def claims(self, _caller: Caller, _before: Member | None, _after: Member) -> Sequence[Claim]:
        """Further writes of the same transaction."""
        return ()

    def first_shown(self, _caller: Caller, after: Member) -> tuple[Shown, Sequence[Claim]]:
        """What the answer to a POST shows, and what has to be written with it."""
        return self.show(after), ()

    def settle(self, _caller: Caller, _before: Member | None, _after: Member) -> None:
        """What follows a committed change."""

    def last_state(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body of a removed object."""
        return body

    def bounds(self, _query: Any) -> tuple[str, str] | None:
        """The sort keys of the list between which a query looks."""
        return None

    def own(self, _caller: Caller, _query: Any) -> Iterable[Member]:
        """The objects of a person without the right to read all, in the list's order."""
        raise NotAuthorizedError(f"This needs the permission {self.read}.")

    def is_own(self, _caller: Caller, _member: Member | None) -> bool:
        """Whether an object is the session's own."""
        return False
