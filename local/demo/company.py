"""The demo company, made through the REST API alone; what is there already is left."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from local.demo import people
from local.demo.day import Day, zone_where_it_is_morning
from local.demo.rest import Rest
from local.folder import Folder
from local.stack_file import read, write_private

LOCATION = "Main site"
DEVICES = ("entrance", "canteen")


@dataclass(frozen=True)
class Company:
    """What later steps need to know of it."""

    facts: dict[str, Any]
    day: Day

    def late_comer(self) -> str:
        """The person whose punch the demo waits for."""
        return people.LATE[0]


def ensure_company(rest: Rest, folder: Folder) -> Company:
    """Company, site, people, today's shifts and the terminals; `rest` is logged in afterwards."""
    known = people.passwords(folder.demo_file)
    zone = _zone(folder)
    rest.ensure("/tenantowners", people.owner(known["tenantAdmin"], zone))
    admin = people.person("tenantAdmin", known)
    session = rest.log_in(admin["email"], admin["password"], people.CODENAME)
    rest.ensure("/v1/locations", {"location": LOCATION, "timezone": zone})
    for person in people.staff(known):
        rest.ensure("/v1/users", person)
    for device in DEVICES:
        terminal = {"deviceId": device, "name": device.capitalize(), "location": LOCATION}
        rest.ensure("/v1/devices", terminal)
    day = Day.today(zone)
    _ensure_shift(rest, day.early_shift(LOCATION), people.EARLY)
    _ensure_shift(rest, day.late_shift(LOCATION), people.LATE)
    facts = {
        "companyId": session["companyId"],
        "companyCodename": people.CODENAME,
        "tenantAdmin": people.person("tenantAdmin", known, session["userId"]),
        "manager": people.person("manager", known),
        "employee": people.person("employee", known),
    }
    return Company(facts, day)


def _zone(folder: Folder) -> str:
    noted = read(folder.demo_file)
    if "zone" not in noted:
        noted["zone"] = zone_where_it_is_morning(datetime.now(UTC))
        write_private(folder.demo_file, noted)
    return str(noted["zone"])


def _ensure_shift(rest: Rest, shift: dict[str, Any], user_ids: tuple[str, ...]) -> None:
    if rest.ensure("/v1/shifts", shift):
        path = f"/v1/shifts/{shift['shiftId']}/assignments"
        rest.call("POST", path, {"userIds": list(user_ids)})
