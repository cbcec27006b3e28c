"""A company read and changed by its own people."""

from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from attendance.adapters.directory import put_member
from attendance.errors import NotFoundError, UnavailableError
from attendance.inputs.company import CompanyBody
from attendance.inputs.mistakes import first_mistake
from attendance.model.directory import Member
from attendance.services.claims import ChangedMeanwhileError, Claim, commit
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.rezone_shifts import rezone_shifts
from attendance.services.show_company import show_company

TRIES = 5


def get_own_company(caller: Caller) -> Shown:
    """The company that the request is about."""
    caller.session.require("directory.readOwn")
    return show_company(_own(caller))


def change_own_company(caller: Caller, changes: dict[str, Any]) -> Shown:
    """Name, zone or trusted issuer changed; null takes the issuer away."""
    caller.session.require("directory.write")
    for _ in range(TRIES):
        before = _own(caller)
        body = {**before.body, **_merged(before, changes)}
        after = replace(before, body=body, updated_at=caller.parts.now())
        try:
            commit(caller.parts.directory, [Claim(put_member(after))])
        except ChangedMeanwhileError:
            continue
        caller.parts.forget_rights()
        if "timezone" in changes:
            rezone_shifts(caller.parts, caller.session.company)
        return show_company(after)
    raise UnavailableError("throttled", "The company is being changed by others; try again.")


def _own(caller: Caller) -> Member:
    company = caller.parts.directory.company(caller.session.company)
    if company is None:
        raise NotFoundError("There is no such company.")
    return company


def _merged(before: Member, changes: dict[str, Any]) -> dict[str, Any]:
    kept = {name: before.body.get(name) for name in ("name", "timezone", "oidc")}
    try:
        wanted = CompanyBody.model_validate({**kept, **changes})
    except ValidationError as error:
        raise first_mistake(error.errors()) from error
    return wanted.model_dump(mode="json", by_alias=True)
