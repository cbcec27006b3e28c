"""The zone of a terminal's site (rules.md section 1)."""

from attendance.adapters.directory import Directory
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.services.company_facts import DEFAULT_ZONE
from attendance.services.location_id import location_id


def zone_of_site(directory: Directory, device: Member) -> str:
    """The zone of the site that a terminal hangs at, else its company's."""
    company, location = CompanyId(device.company_id), device.body.get("location")
    if location:
        site = directory.member(company, "LOCATION", location_id(company, location))
        if site is not None and site.is_active:
            return str(site.body["timezone"])
    own = directory.company(company)
    return (own.body.get("timezone") if own else None) or DEFAULT_ZONE
