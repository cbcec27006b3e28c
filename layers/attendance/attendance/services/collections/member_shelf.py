"""Collections of small things: a checked body under a company's key."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import ValidationError

from attendance.adapters.directory import put_member
from attendance.errors import (
    ConflictError,
    NotAuthorizedError,
    NotFoundError,
    UnavailableError,
)
from attendance.identity import is_id, new_id
from attendance.inputs.fields import Input
from attendance.inputs.list_query import ListQuery
from attendance.inputs.mistakes import first_mistake
from attendance.model.directory import Member
from attendance.model.session import Session
from attendance.services.claims import ChangedMeanwhileError, Claim, commit
from attendance.services.collections.shelf import Caller, Filters, Shown
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_large
from attendance.times import to_iso

TRIES = 5


class MemberShelf:
    """The common way; a collection adds its own rules by overriding the small methods below.

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

    def create(self, caller: Caller, values: Input) -> Shown:
        """A new object, also in the place of a removed one."""
        caller.session.require(self.write)
        company, now = caller.session.company, caller.parts.now()
        given = values.model_dump(mode="json", by_alias=True)
        member_id = self.new_id(caller, given)
        before = caller.parts.directory.member(company, self.name, member_id)
        taken = ConflictError("idTaken", f"{self.id_field or 'id'}: this id is taken.")
        if before is not None and before.is_active:
            raise taken
        after = Member(
            company_id=str(company),
            collection=self.name,
            member_id=member_id,
            body=self.checked(caller, given, None),
            is_active=True,
            created_at=now,
            updated_at=now,
            revision=before.revision if before else 0,
        )
        put = Claim(put_member(after), refusal=taken)
        commit(caller.parts.directory, [put, *self.claims(caller, None, after)])
        self.settle(caller, None, after)
        return self.show(after)

    def page(self, caller: Caller, query: Any) -> Rows[Shown]:
        """A page in the list's order; a moment behind."""
        page = PageWanted(number=query.page_number, size=query.page_row_count)
        found = page_of(self._visible(caller, query), page)
        rows = [self.show(member) for member in found.rows]
        refuse_too_large(page, rows)
        return Rows(rows=rows, total=found.total)

    def filters(self, _query: Any) -> Filters:
        """None, unless a collection has some."""
        return ()

    def get(self, caller: Caller, object_id: str) -> Shown:
        """One active object."""
        caller.session.require("directory.readOwn")
        member = self.find(caller, object_id)
        if not self._may_read(caller, object_id) and not self.is_own(caller, member):
            raise NotAuthorizedError("This is not yours to read.")
        return self.show(self.found(member))

    def change(self, caller: Caller, object_id: str, changes: dict[str, Any]) -> Shown:
        """Some fields changed; written only if nobody else wrote meanwhile, else tried again."""
        caller.session.require(self.write, object_id)
        for _ in range(TRIES):
            before = self.found(self.find(caller, object_id))
            merged = self._merged(before, changes)
            after = replace(
                before, body=self.checked(caller, merged, before), updated_at=caller.parts.now()
            )
            try:
                self._commit(caller, before, after)
            except ChangedMeanwhileError:
                continue
            return self.show(after)
        raise UnavailableError("throttled", "The object is being changed by others; try again.")

    def remove(self, caller: Caller, object_id: str) -> Shown:
        """Make an object inactive."""
        caller.session.require(self.write, object_id)
        for _ in range(TRIES):
            before = self.found(self.find(caller, object_id))
            after = replace(
                before,
                body=self.last_state(before.body),
                is_active=False,
                updated_at=caller.parts.now(),
            )
            try:
                self._commit(caller, before, after)
            except ChangedMeanwhileError:
                continue
            return self.show(after)
        raise UnavailableError("throttled", "The object is being changed by others; try again.")

    def permissions(self, session: Session) -> list[str]:
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

    def find(self, caller: Caller, object_id: str) -> Member | None:
        """The member of an id, active or not; an id that cannot be is simply not there."""
        if not is_id(object_id):
            return None
        return caller.parts.directory.member(caller.session.company, self.name, object_id)

    def found(self, member: Member | None) -> Member:
        """Raises NotFoundError unless the member is there and active."""
        if member is None or not member.is_active:
            raise NotFoundError(f"There is no such {self.data_name}.")
        return member

    def _merged(self, before: Member, changes: dict[str, Any]) -> dict[str, Any]:
        known = {field.alias or name for name, field in self.body.model_fields.items()}
        kept = {key: value for key, value in before.body.items() if key in known}
        try:
            values = self.body.model_validate({**kept, **changes})
        except ValidationError as error:
            raise first_mistake(error.errors()) from error
        return values.model_dump(mode="json", by_alias=True)

    def _commit(self, caller: Caller, before: Member, after: Member) -> None:
        claims = self.claims(caller, before, after)
        commit(caller.parts.directory, [Claim(put_member(after)), *claims])
        self.settle(caller, before, after)

    def _may_read(self, caller: Caller, object_id: str) -> bool:
        return caller.session.may(self.read, object_id)

    def _visible(self, caller: Caller, query: Any) -> Iterable[Member]:
        if caller.session.may(self.read):
            return caller.parts.directory.members(
                caller.session.company,
                self.name,
                between=self.bounds(query),
                newest_first=self.newest_first,
            )
        caller.session.require("directory.readOwn")
        return self.own(caller, query)

    # What a collection may say for itself.

    def new_id(self, _caller: Caller, given: dict[str, Any]) -> str:
        """The id of a new object: the client's, or a fresh one."""
        chosen = given.get(self.id_field) if self.id_field else None
        return str(chosen) if chosen else new_id()

    def checked(
        self, _caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """The body to keep; keys that clients do not write stay as they were."""
        return {**(before.body if before else {}), **given}

    def claims(self, _caller: Caller, _before: Member | None, _after: Member) -> Sequence[Claim]:
        """Further writes of the same transaction."""
        return ()

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
