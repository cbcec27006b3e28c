"""All companies, for superAdmin and saasAdmin: made, listed, suspended."""

from collections.abc import Iterable
from typing import Any

from attendance.adapters.directory import Directory
from attendance.errors import invalid_field
from attendance.identity import ROOT_COMPANY, CompanyId, is_id
from attendance.inputs.account import NewCompany
from attendance.inputs.company import AnyCompanyBody
from attendance.inputs.fields import Input
from attendance.model.directory import Member
from attendance.services.collections.member_shelf import MemberShelf
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.register_company import Founding, register_company
from attendance.services.show_company import show_company
from attendance.services.show_user import show_user


class Companies(MemberShelf):
    """`/v1/companies`; the root tenant is not among them."""

    name = "COMPANY"
    data_name = "company"
    body = AnyCompanyBody
    read = "companies.read"
    write = "companies.write"

    def create(self, caller: Caller, values: Input) -> Shown:
        """A company, with its owner if one is given."""
        caller.session.require(self.write)
        made = caller.attempt.made()
        return self._create(caller, values) if made is None else made

    def _create(self, caller: Caller, values: Input) -> Shown:
        wanted = AnyCompanyBody.model_validate(values.model_dump(by_alias=True))
        company = NewCompany.model_validate(values.model_dump(by_alias=True))
        directory: Directory = caller.parts.directory
        founding = register_company(
            directory,
            company,
            wanted.owner,
            caller.parts.now(),
            beside=lambda founding: caller.attempt.receipt(_show_founding(founding)),
        )
        return _show_founding(founding)

    def find(self, caller: Caller, object_id: str) -> Member | None:
        """Any company but the root tenant."""
        if not is_id(object_id) or object_id == str(ROOT_COMPANY):
            return None
        return caller.parts.directory.company(CompanyId(object_id))

    def get(self, caller: Caller, object_id: str) -> Shown:
        """One company."""
        caller.session.require(self.read)
        return self.show(self.found(self.find(caller, object_id)))

    def show(self, member: Member) -> Shown:
        """As its own people see it."""
        return show_company(member)

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """A codename is for ever; the owner is a person, not a field."""
        if before is not None and given["codename"] != before.body["codename"]:
            raise invalid_field("codename", "the company's own codename; it cannot change")
        given.pop("owner")
        return super().checked(caller, given, before)

    def settle(self, caller: Caller, _before: Member | None, _after: Member) -> None:
        """Sessions of a suspended company end at once, in this process."""
        caller.parts.forget_rights()

    def _visible(self, caller: Caller, _query: Any) -> Iterable[Member]:
        caller.session.require(self.read)
        companies = caller.parts.directory.members(ROOT_COMPANY, self.name)
        return (company for company in companies if company.member_id != str(ROOT_COMPANY))


def _show_founding(founding: Founding) -> Shown:
    owner = {} if founding.owner is None else {"owner": show_user(founding.owner)}
    return {**show_company(founding.company), **owner}
