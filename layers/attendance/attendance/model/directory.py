"""People, shifts, terminals and agents, as the services use them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class User:
    """A person of a company; `role_id` as in rest-api.md section 6.

    `valid_from` is the instant before which no token of this person counts any more (password
    change, change of role, deactivation), in UTC.
    """

    company_id: str
    user_id: str
    email: str
    fullname: str
    avatar: str | None
    role_id: str
    department_id: str | None
    device_user_ids: tuple[str, ...]
    password_hash: str | None
    employed_from: date | None
    employed_to: date | None
    is_active: bool
    valid_from: datetime | None
    created_at: datetime
    updated_at: datetime
    revision: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A small thing of a company (location, shift, device, agent, policy ...): a checked body.

    `due_at` (UTC) is when the clock has to look at it, if ever.
    """

    company_id: str
    collection: str
    member_id: str
    body: dict[str, Any]
    is_active: bool
    created_at: datetime
    updated_at: datetime
    due_at: datetime | None = None
    revision: int = field(default=0, compare=False)
