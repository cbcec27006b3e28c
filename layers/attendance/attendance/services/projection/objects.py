"""What sibling services tell of: people, shifts and assignments, each kept by its use cases."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from attendance.errors import NotFoundError
from attendance.inputs.field_types import ClientId
from attendance.inputs.fields import Input
from attendance.inputs.places import AssignmentBody
from attendance.services.assign_people import assign_people, remove_people
from attendance.services.collections.shelf import Caller, Shelf, Shown
from attendance.services.collections.shifts import Shifts
from attendance.services.collections.users import Users
from attendance.services.upsert import checked, upsert_shift, upsert_user

Data = dict[str, Any]
Upsert = Callable[[Caller, Data], Shown]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How events of one kind are kept; all three raise InvalidError for data that does not fit."""

    id_of: Callable[[Data], str]
    upsert: Callable[[Caller, Data], None]
    remove: Callable[[Caller, Data], None]


class _UserId(Input):
    user_id: ClientId


class _ShiftId(Input):
    shift_id: ClientId


def _user_id(data: Data) -> str:
    return checked(_UserId, _named(data, "userId")).user_id


def _shift_id(data: Data) -> str:
    return checked(_ShiftId, _named(data, "shiftId")).shift_id


def _named(data: Data, name: str) -> Data:
    """The id is under `id` too (rest-api.md section 7)."""
    return {name: data["id"], **data} if "id" in data else data


def _object(shelf: Shelf, id_field: str, id_of: Callable[[Data], str], upsert: Upsert) -> Kept:
    def put(caller: Caller, data: Data) -> None:
        upsert(caller, {**data, id_field: id_of(data)})

    def remove(caller: Caller, data: Data) -> None:
        with suppress(NotFoundError):
            shelf.remove(caller, id_of(data))

    return Kept(id_of=id_of, upsert=put, remove=remove)


def _assignment_id(data: Data) -> str:
    assignment = checked(AssignmentBody, data)
    return f"{assignment.shift_id}#{assignment.user_id}"


def _assign(caller: Caller, data: Data) -> None:
    assignment = checked(AssignmentBody, data)
    assign_people(caller, assignment.shift_id, [assignment.user_id])


def _unassign(caller: Caller, data: Data) -> None:
    assignment = checked(AssignmentBody, data)
    with suppress(NotFoundError):
        remove_people(caller, assignment.shift_id, [assignment.user_id])


OBJECTS = {
    "user": _object(Users(), "userId", _user_id, upsert_user),
    "shift": _object(Shifts(), "shiftId", _shift_id, upsert_shift),
    "shiftAssignment": Kept(id_of=_assignment_id, upsert=_assign, remove=_unassign),
}
