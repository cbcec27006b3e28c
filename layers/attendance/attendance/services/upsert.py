"""An object as another system has it: made if it is not there, changed if it is."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from attendance.adapters.directory import Directory
from attendance.identity import CompanyId
from attendance.inputs.fields import Input
from attendance.inputs.mistakes import first_mistake
from attendance.inputs.partial import changes_in, partial_of
from attendance.services.collections.shelf import Caller, Shelf, Shown
from attendance.services.collections.shifts import Shifts
from attendance.services.collections.users import Users

IsThere = Callable[[Directory, CompanyId, str], bool]
InputT = TypeVar("InputT", bound=Input)


def upsert_user(caller: Caller, given: dict[str, Any]) -> Shown:
    """A person by JSON names; errors as POST or PATCH of `/v1/users`."""
    return _upsert(caller, Users(), given, "userId", _user_is_there)


def upsert_shift(caller: Caller, given: dict[str, Any]) -> Shown:
    """A shift by JSON names; errors as POST or PATCH of `/v1/shifts`."""
    return _upsert(caller, Shifts(), given, "shiftId", _shift_is_there)


def _upsert(
    caller: Caller, shelf: Shelf, given: dict[str, Any], id_field: str, is_there: IsThere
) -> Shown:
    """What is absent keeps, null clears; a new object has to be complete."""
    changes = changes_in(checked(partial_of(shelf.body), given))
    object_id = changes.pop(id_field, None)
    company, directory = caller.session.company, caller.parts.directory
    if object_id is None and caller.attempt.is_repeat:
        object_id = caller.attempt.new_id()
    if object_id is not None and is_there(directory, company, object_id):
        return shelf.change(caller, object_id, changes)
    complete = {name: value for name, value in given.items() if value is not None}
    return shelf.create(caller, checked(shelf.body, complete))


def checked(model: type[InputT], given: dict[str, Any]) -> InputT:
    """The input that `given` is. Raises InvalidError naming the first field that is wrong."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise first_mistake(error.errors()) from error


def _user_is_there(directory: Directory, company: CompanyId, user_id: str) -> bool:
    user = directory.user(company, user_id)
    return user is not None and user.is_active


def _shift_is_there(directory: Directory, company: CompanyId, shift_id: str) -> bool:
    shift = directory.member(company, "SHIFT", shift_id)
    return shift is not None and shift.is_active
