"""A company read and changed by its own people."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from attendance.adapters.directory import put_member
from attendance.errors import NotFoundError, UnavailableError
from attendance.inputs.company import CompanyBody
from attendance.inputs.mistakes import first_mistake
from attendance.model.directory import Member
from attendance.services.claims import ChangedMeanwhileError, Claim, commit
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.payroll_closing import (
    KEPT_AS,
    Closings,
    check_is_over,
    closed_through,
    closings_of,
    closings_to_json,
    moved,
)
from attendance.services.rezone_shifts import rezone_shifts
from attendance.services.show_company import show_company

TRIES = 5


def get_own_company(caller: Caller) -> Shown:
    """The company that the request is about."""
    caller.session.require("directory.readOwn")
    return show_company(_own(caller))


def change_own_company(caller: Caller, changes: dict[str, Any]) -> Shown:
    """Name, zone, trusted issuer or closed payroll changed; null takes the last two away."""
    caller.session.require("directory.write")
    for _ in range(TRIES):
        before = _own(caller)
        now = caller.parts.now()
        after = replace(before, body=_changed(before.body, changes, now), updated_at=now)
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


def _changed(before: dict[str, Any], changes: dict[str, Any], now: datetime) -> dict[str, Any]:
    closings = closings_of(before)
    kept = {name: before.get(name) for name in ("name", "timezone", "oidc")}
    try:
        wanted = CompanyBody.model_validate(
            {**kept, "payrollClosedThrough": _last_day(closings), **changes}
        )
    except ValidationError as error:
        raise first_mistake(error.errors()) from error
    through = wanted.payroll_closed_through
    if "payrollClosedThrough" in changes:
        check_is_over(through, ZoneInfo(wanted.timezone), now)
    told = wanted.model_dump(mode="json", by_alias=True, exclude={"payroll_closed_through"})
    return {**before, **told, KEPT_AS: closings_to_json(moved(closings, through, now))}


def _last_day(closings: Closings) -> str | None:
    through = closed_through(closings)
    return None if through is None else through.isoformat()
