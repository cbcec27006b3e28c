"""Holidays and leaves: days on which nobody, or one person, is expected."""

from collections.abc import Iterable
from typing import Any

from attendance.inputs.people import HolidayBody, LeaveBody
from attendance.model.directory import Member
from attendance.services.collections.member_shelf import MemberShelf
from attendance.services.collections.require_user import require_user
from attendance.services.collections.shelf import Caller


class Holidays(MemberShelf):
    """`/v1/holidays`."""

    name = "HOLIDAY"
    data_name = "holiday"
    body = HolidayBody


class Leaves(MemberShelf):
    """`/v1/leaves`."""

    name = "LEAVE"
    data_name = "leave"
    body = LeaveBody

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """Leave is an active person's. Raises NotFoundError (`userNotFound`)."""
        require_user(caller, given["userId"])
        return super().checked(caller, given, before)

    def own(self, caller: Caller, _query: Any) -> Iterable[Member]:
        """The person's own leaves."""
        prefix = f"{caller.session.user_id}#"
        return caller.parts.directory.members(
            caller.session.company, self.name, between=(prefix, f"{prefix}~")
        )

    def is_own(self, caller: Caller, member: Member | None) -> bool:
        """Whether the leave is the session's person's."""
        return member is not None and member.body["userId"] == caller.session.user_id
