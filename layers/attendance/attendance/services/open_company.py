"""Companies that take part: not deleted, not suspended."""

from attendance.adapters.directory import Directory
from attendance.identity import CompanyId, is_id
from attendance.model.directory import Member
from attendance.services.register_company import codename_owner


def open_company(directory: Directory, company_id: str) -> Member | None:
    """A company by its id, whatever text that is, or None."""
    if not is_id(company_id):
        return None
    company = directory.company(CompanyId(company_id))
    if company is None or not company.is_active or company.body.get("suspended"):
        return None
    return company


def company_by_name(directory: Directory, codename: str) -> Member | None:
    """A company by its codename, or None."""
    owner = codename_owner(directory, codename)
    return None if owner is None else open_company(directory, str(owner))
