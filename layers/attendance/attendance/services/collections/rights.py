"""Groups of people, and rights given or denied beside the roles."""

from typing import Any

from attendance.domain.permissions import COMPANIES_PERMISSIONS, COMPANY_ROLES
from attendance.errors import NotFoundError, invalid_field
from attendance.identity import ROOT_COMPANY
from attendance.inputs.people import GrantBody, GroupBody
from attendance.model.directory import Member
from attendance.services.collections.member_shelf import MemberShelf
from attendance.services.collections.require_user import require_user
from attendance.services.collections.shelf import Caller


class Groups(MemberShelf):
    """`/v1/groups`."""

    name = "GROUP"
    data_name = "group"
    body = GroupBody

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """Those who join are active people. Raises NotFoundError (`userNotFound`)."""
        known = set(before.body["userIds"]) if before else set()
        given["userIds"] = list(dict.fromkeys(given["userIds"]))
        for user_id in given["userIds"]:
            if user_id not in known:
                require_user(caller, user_id)
        return super().checked(caller, given, before)

    def settle(self, caller: Caller, _before: Member | None, _after: Member) -> None:
        """Rights follow groups."""
        caller.parts.forget_rights()


class Grants(MemberShelf):
    """`/v1/grants`."""

    name = "GRANT"
    data_name = "grant"
    body = GrantBody

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """A company gives what is its own to give, to its own people."""
        in_company = caller.session.company != ROOT_COMPANY
        if in_company and given["permissionName"] in COMPANIES_PERMISSIONS:
            raise invalid_field("permissionName", "a permission of a company")
        if given["roleId"] and in_company and given["roleId"] not in COMPANY_ROLES:
            raise invalid_field("roleId", f"one of {', '.join(sorted(COMPANY_ROLES))}")
        if given["userId"]:
            require_user(caller, given["userId"])
        if given["groupId"]:
            self._require_group(caller, given["groupId"])
        return super().checked(caller, given, before)

    def _require_group(self, caller: Caller, group_id: str) -> None:
        group = caller.parts.directory.member(caller.session.company, "GROUP", group_id)
        if group is None or not group.is_active:
            raise NotFoundError("groupId: there is no such group.")

    def settle(self, caller: Caller, _before: Member | None, _after: Member) -> None:
        """Read the grants again at once, in this process."""
        caller.parts.forget_rights()
