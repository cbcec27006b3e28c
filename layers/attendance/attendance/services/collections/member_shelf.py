"""Collections of small things: a checked body under a company's key."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from attendance.adapters.directory import put_member
from attendance.errors import (
    ConflictError,
    NotAuthorizedError,
    NotFoundError,
    UnavailableError,
)
from attendance.identity import is_id
from attendance.inputs.fields import Input
from attendance.inputs.mistakes import first_mistake
from attendance.inputs.partial import with_changes
from attendance.model.directory import Member
from attendance.services.claims import ChangedMeanwhileError, Claim, commit
from attendance.services.collections.member_rules import MemberRules
from attendance.services.collections.shelf import Caller, Filters, Shown
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_large

TRIES = 5


class MemberShelf(MemberRules):
    """The common way; a collection adds its own rules by overriding those of `MemberRules`."""

    def create(self, caller: Caller, values: Input) -> Shown:
        """A new object, also in the place of a removed one."""
        caller.session.require(self.write)
        made = caller.attempt.made()
        return self._create(caller, values) if made is None else self._settled(caller, made)

    def _create(self, caller: Caller, values: Input) -> Shown:
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
        shown, beside = self.first_shown(caller, after)
        claims = [
            *caller.attempt.receipt(shown),
            Claim(put_member(after), refusal=taken),
            *self.claims(caller, None, after),
            *beside,
        ]
        try:
            commit(caller.parts.directory, claims)
        except ChangedMeanwhileError as error:
            raise _busy() from error
        self.settle(caller, None, after)
        return shown

    def _settled(self, caller: Caller, made: Shown) -> Shown:
        """What an earlier attempt made, and perhaps did not settle."""
        member = self.find(caller, made["id"])
        if member is not None:
            self.settle(caller, None, member)
        return made

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

        def changed(before: Member) -> Member:
            body = self.checked(caller, self._merged(before, changes), before)
            return replace(before, body=body, updated_at=caller.parts.now())

        return self._rewrite(caller, object_id, changed)

    def remove(self, caller: Caller, object_id: str) -> Shown:
        """Make an object inactive."""

        def removed(before: Member) -> Member:
            body, now = self.last_state(before.body), caller.parts.now()
            return replace(before, body=body, is_active=False, updated_at=now)

        return self._rewrite(caller, object_id, removed)

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
            values = self.body.model_validate(with_changes(self.body, kept, changes))
        except ValidationError as error:
            raise first_mistake(error.errors()) from error
        return values.model_dump(mode="json", by_alias=True)

    def _rewrite(
        self, caller: Caller, object_id: str, rewritten: Callable[[Member], Member]
    ) -> Shown:
        caller.session.require(self.write, object_id)
        for _ in range(TRIES):
            before = self.found(self.find(caller, object_id))
            after = rewritten(before)
            try:
                claims = self.claims(caller, before, after)
                commit(caller.parts.directory, [Claim(put_member(after)), *claims])
            except ChangedMeanwhileError:
                continue
            self.settle(caller, before, after)
            return self.show(after)
        raise _busy()

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


def _busy() -> UnavailableError:
    return UnavailableError("throttled", "The object is being changed by others; try again.")
