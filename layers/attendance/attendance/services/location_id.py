"""The id of a site."""

import uuid

from attendance.identity import CompanyId

_NAMES = uuid.UUID("5b0d9c9e-7f0a-4c52-9f5c-3f2f1f0c8a11")


def location_id(company: CompanyId, location: str) -> str:
    """A UUID that follows from the name by which shifts and terminals name the site."""
    return str(uuid.uuid5(_NAMES, f"{company}/{location}"))
