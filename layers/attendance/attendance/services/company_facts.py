"""What judging needs to know of a company besides its people and shifts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from attendance.adapters import keys
from attendance.domain.person import Leave
from attendance.domain.policy import policy_from
from attendance.domain.policy_versions import PolicyVersion
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.services.leave_times import leave_of
from attendance.services.payroll_closing import Closing, closing_of, closings_of
from attendance.services.stores import DirectoryPort
from attendance.times import optional_from_iso

DEFAULT_ZONE = "UTC"


@dataclass(frozen=True, kw_only=True)
class CompanyFacts:
    """Devices, sites, policies and calendar of a company, as they were a moment ago."""

    company: CompanyId
    timezone: str
    devices: Mapping[str, Member]
    location_zones: Mapping[str, str]
    policies: tuple[PolicyVersion, ...]
    holidays: tuple[tuple[date, str | None], ...]
    leaves: Mapping[str, tuple[Leave, ...]]
    closings: tuple[Closing, ...] = ()

    def device_zone(self, device: Member) -> str:
        """The zone of a terminal's clock: its own, its site's, or the company's (punches.md)."""
        own: str | None = device.body.get("timezone")
        return own or self.location_zones.get(device.body.get("location") or "") or self.timezone

    def is_holiday(self, day: date, location: str | None) -> bool:
        """Whether a shift date is a holiday of the company or of that site."""
        return any(day == date_ and site in (None, location) for date_, site in self.holidays)

    def is_closed(self, day: date) -> bool:
        """Whether payroll is closed for a shift date: its records stay as they are."""
        return closing_of(self.closings, day) is not None

    def watermarks_of_site(self, location: str | None) -> Sequence[tuple[str, datetime | None]]:
        """The approved terminals that people of a site punch at, each with how far it reported.

        That is an instant in UTC, or None before its first report.
        """
        return self._watermarks.get(location, ())

    @cached_property
    def _watermarks(self) -> dict[str | None, list[tuple[str, datetime | None]]]:
        found: dict[str | None, list[tuple[str, datetime | None]]] = {}
        for device in self.devices.values():
            if device.body.get("approved"):
                watermark = optional_from_iso((device.body.get("health") or {}).get("watermark"))
                site = found.setdefault(device.body.get("location"), [])
                site.append((device.member_id, watermark))
        return found


def is_there(member: Member) -> bool:
    """Whether a member counts now."""
    return member.is_active


def load_company_facts(
    directory: DirectoryPort, company: CompanyId, counts: Callable[[Member], bool] = is_there
) -> CompanyFacts:
    """Read a company's facts consistently; `counts` tells of which members they are made."""
    active = {name: list(filter(counts, directory.members_now(company, name))) for name in _NAMES}
    own = directory.member_at(keys.company_key(company))
    return CompanyFacts(
        company=company,
        timezone=(own.body.get("timezone") if own else None) or DEFAULT_ZONE,
        devices={device.member_id: device for device in active["DEVICE"]},
        location_zones={m.body["location"]: m.body["timezone"] for m in active["LOCATION"]},
        policies=tuple(policy_version_of(member.body) for member in active["POLICY"]),
        holidays=tuple(
            (date.fromisoformat(m.body["date"]), m.body.get("location")) for m in active["HOLIDAY"]
        ),
        leaves=_leaves_by_user(active["LEAVE"]),
        closings=closings_of(own.body) if own else (),
    )


_NAMES = ("DEVICE", "LOCATION", "POLICY", "HOLIDAY", "LEAVE")


def policy_version_of(body: dict[str, Any]) -> PolicyVersion:
    """The policy version that a member of the collection POLICY holds."""
    effective_from = body.get("effectiveFrom")
    return PolicyVersion(
        policy=policy_from(body["policy"]),
        version=int(body["version"]),
        effective_from=date.fromisoformat(effective_from) if effective_from else None,
        location=body.get("location"),
        department_id=body.get("departmentId"),
    )


def _leaves_by_user(members: list[Member]) -> dict[str, tuple[Leave, ...]]:
    leaves: dict[str, tuple[Leave, ...]] = {}
    for member in members:
        user_id = member.body["userId"]
        leaves[user_id] = (*leaves.get(user_id, ()), leave_of(member.body))
    return leaves
