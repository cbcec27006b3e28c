"""People of a company."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from pydantic import ValidationError

from attendance.adapters.passwords import hash_password
from attendance.domain.permissions import Role
from attendance.errors import (
    ConflictError,
    NotAuthorizedError,
    NotFoundError,
    UnavailableError,
    invalid_field,
)
from attendance.identity import is_id
from attendance.inputs.fields import Input
from attendance.inputs.list_query import ListQuery
from attendance.inputs.mistakes import first_mistake
from attendance.inputs.partial import with_changes
from attendance.inputs.people import UserBody, UserChanges
from attendance.model.directory import User
from attendance.model.principal import Principal
from attendance.services.claims import ChangedMeanwhileError, commit
from attendance.services.collections.shelf import Caller, Filters, Shown
from attendance.services.give_role import require_may_give, require_not_above
from attendance.services.person_writes import person_claims
from attendance.services.rename_person import rename_person
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_large
from attendance.services.show_user import show_user

READ, WRITE = "directory.read", "directory.write"
TRIES = 5
_NAMES = {"email", "fullname", "avatar"}


class Users:
    """`/v1/users`; an employee reads himself."""

    data_name: ClassVar[str] = "user"
    body: ClassVar[type[Input]] = UserBody
    changes_base: ClassVar[type[Input]] = UserChanges
    query: ClassVar[type[ListQuery]] = ListQuery

    def create(self, caller: Caller, values: Input) -> Shown:
        """A new person, also in the place of a removed one."""
        caller.session.require(WRITE)
        made = caller.attempt.made()
        return self._create(caller, values) if made is None else made

    def _create(self, caller: Caller, values: Input) -> Shown:
        wanted = UserBody.model_validate(values.model_dump(mode="json", by_alias=True))
        require_may_give(caller.session, wanted.role_id)
        user_id = wanted.user_id or caller.attempt.new_id()
        before = caller.parts.directory.user(caller.session.company, user_id)
        taken = ConflictError("idTaken", "userId: this id is taken.")
        if before is not None and before.is_active:
            raise taken
        after = new_user(caller, user_id, wanted, before)
        shown, directory = show_user(after), caller.parts.directory
        claims = [*caller.attempt.receipt(shown), *person_claims(directory, before, after)]
        try:
            commit(directory, claims)
        except ChangedMeanwhileError as error:
            raise taken from error
        caller.parts.forget_rights()
        return shown

    def page(self, caller: Caller, query: Any) -> Rows[Shown]:
        """A page of people, by id; for an employee himself."""
        page = PageWanted(number=query.page_number, size=query.page_row_count)
        found = page_of(self._visible(caller), page)
        rows = [show_user(user) for user in found.rows]
        refuse_too_large(page, rows)
        return Rows(rows=rows, total=found.total)

    def _visible(self, caller: Caller) -> Iterable[User]:
        if caller.session.may(READ):
            return caller.parts.directory.users(caller.session.company)
        caller.session.require("directory.readOwn")
        return [self._found(caller, caller.session.user_id)]

    def filters(self, _query: Any) -> Filters:
        """None."""
        return ()

    def get(self, caller: Caller, object_id: str) -> Shown:
        """One active person."""
        if object_id != caller.session.user_id or not caller.session.may("directory.readOwn"):
            caller.session.require(READ, object_id)
        return show_user(self._found(caller, object_id))

    def change(self, caller: Caller, object_id: str, changes: dict[str, Any]) -> Shown:
        """Some fields changed; `isActive` true brings a removed person back."""
        caller.session.require(WRITE, object_id)
        if changes.get("userId") not in (None, object_id):
            raise invalid_field("userId", "the person's own id; it cannot change")
        for _ in range(TRIES):
            before = self._found(caller, object_id, also_removed=changes.get("isActive") is True)
            require_not_above(caller.session, Role(before.role_id))
            after = self._changed(caller, before, changes)
            try:
                self._commit(caller, before, after)
            except ChangedMeanwhileError:
                continue
            if _NAMES & changes.keys():
                rename_person(caller.parts, after)
            return show_user(after)
        raise UnavailableError("throttled", "The person is being changed by others; try again.")

    def remove(self, caller: Caller, object_id: str) -> Shown:
        """Make a person inactive: log-in and sessions end, what was recorded stays."""
        return self.change(caller, object_id, {"isActive": False})

    def permissions(self, session: Principal) -> list[str]:
        """Of reading and writing people, what the session may."""
        return [name for name in (READ, WRITE) if session.may(name)]

    def _commit(self, caller: Caller, before: User, after: User) -> None:
        commit(caller.parts.directory, person_claims(caller.parts.directory, before, after))
        caller.parts.forget_rights()

    def _found(self, caller: Caller, user_id: str, *, also_removed: bool = False) -> User:
        company = caller.session.company
        user = caller.parts.directory.user(company, user_id) if is_id(user_id) else None
        if user is None or not (user.is_active or also_removed):
            raise NotFoundError("There is no such user.")
        return user

    def _changed(self, caller: Caller, before: User, changes: dict[str, Any]) -> User:
        wanted = _merged(before, changes)
        if wanted.role_id != before.role_id:
            require_may_give(caller.session, wanted.role_id)
        if before.user_id == caller.session.user_id and changes.get("isActive") is False:
            raise NotAuthorizedError("Nobody can remove himself.")
        now, is_active = caller.parts.now(), changes.get("isActive")
        after = replace(
            before,
            **facts_of(wanted),
            is_active=before.is_active if is_active is None else is_active,
            updated_at=now,
        )
        if wanted.password is not None:
            after = replace(after, password_hash=hash_password(wanted.password))
        return _renewed(before, after, now)


def new_user(caller: Caller, user_id: str, wanted: UserBody, before: User | None) -> User:
    """A person as given, in the place of one removed before."""
    now = caller.parts.now()
    return User(
        company_id=str(caller.session.company),
        user_id=user_id,
        **facts_of(wanted),
        password_hash=hash_password(wanted.password) if wanted.password else None,
        is_active=True,
        valid_from=now if before else None,
        created_at=now,
        updated_at=now,
        revision=before.revision if before else 0,
    )


def facts_of(wanted: UserBody) -> dict[str, Any]:
    """The fields of a person that a body gives as they are."""
    return {
        "email": wanted.email,
        "fullname": wanted.fullname,
        "avatar": wanted.avatar,
        "role_id": wanted.role_id.value,
        "department_id": wanted.department_id,
        "device_user_ids": tuple(wanted.device_user_ids),
        "employed_from": wanted.employed_from,
        "employed_to": wanted.employed_to,
    }


def _merged(before: User, changes: dict[str, Any]) -> UserBody:
    try:
        return UserBody.model_validate(with_changes(UserBody, show_user(before), changes))
    except ValidationError as error:
        raise first_mistake(error.errors()) from error


def _renewed(before: User, after: User, now: datetime) -> User:
    rights = ("role_id", "password_hash", "is_active")
    if all(getattr(before, name) == getattr(after, name) for name in rights):
        return after
    return replace(after, valid_from=now)
