"""Sites: a name and a zone."""

from typing import Any

from attendance.errors import invalid_field
from attendance.inputs.places import LocationBody
from attendance.model.directory import Member
from attendance.services.collections.member_shelf import MemberShelf
from attendance.services.collections.shelf import Caller
from attendance.services.location_id import location_id
from attendance.services.rezone_shifts import rezone_shifts


class Locations(MemberShelf):
    """`/v1/locations`."""

    name = "LOCATION"
    data_name = "location"
    body = LocationBody

    def new_id(self, caller: Caller, given: dict[str, Any]) -> str:
        """One object a name."""
        return location_id(caller.session.company, given["location"])

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """A site keeps its name: others name it by that."""
        if before is not None and given["location"] != before.body["location"]:
            raise invalid_field("location", "the site's own name; make another site for another")
        return super().checked(caller, given, before)

    def settle(self, caller: Caller, _before: Member | None, after: Member) -> None:
        """Shifts at the site follow its clock."""
        rezone_shifts(caller.parts, caller.session.company, site=after.body["location"])
