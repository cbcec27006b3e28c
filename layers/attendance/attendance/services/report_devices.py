"""What an agent says of its terminals: registered on first sight, health kept (punches.md)."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from attendance.adapters.directory import Directory
from attendance.adapters.table_errors import ConditionFailedError
from attendance.domain.zones import zone_named
from attendance.errors import UnavailableError
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.services.authenticate_agent import Agent
from attendance.services.check_punch_rows import DeviceId
from attendance.services.device_silence import offline_since, silent_from
from attendance.times import optional_to_iso, to_iso

Body = dict[str, Any]

MAX_ATTEMPTS = 5
MOST_SECONDS = 10**12
"""How far a clock can be off: more than any calendar is long."""
REQUEST_ID = "requestId"
"""Beside a terminal's public fields: which request told its health last."""


def _zone(name: str) -> str:
    zone_named(name)
    return name


def _utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise ValueError("expected an instant inside the calendar") from None


Instant = Annotated[AwareDatetime, AfterValidator(_utc)]
Seconds = Annotated[float, Field(ge=-MOST_SECONDS, le=MOST_SECONDS, allow_inf_nan=False)]


class DeviceReport(BaseModel):
    """One terminal as its agent last saw it; instants are UTC, the offset is in seconds."""

    model_config = ConfigDict(extra="ignore")

    device_id: DeviceId
    device_name: Annotated[str, Field(max_length=200)] = ""
    serial_number: Annotated[str, Field(max_length=64)] = ""
    ok: bool
    error: Annotated[str, Field(max_length=1000)] | None = None
    read_at: Instant
    records_on_device: int | None = None
    clock_offset_seconds: Seconds | None = None
    timezone: Annotated[str, AfterValidator(_zone)]
    watermark: Instant | None = None


def active_devices(directory: Directory, company: CompanyId) -> dict[str, Member]:
    """A company's devices by id, read consistently."""
    devices = directory.members_now(company, "DEVICE")
    return {device.member_id: device for device in devices if device.is_active}


def report_devices(
    directory: Directory,
    agent: Agent,
    reports: Iterable[DeviceReport],
    now: datetime,
    request_id: str,
    known: Mapping[str, Member] | None = None,
) -> dict[str, Member]:
    """Keep the health of each reported terminal; one nobody registered becomes a new device.

    A terminal of another agent is left as it is: its punches are rejected by index.
    `request_id` is told by the events that the change of health causes, `known` are devices that
    were just read. Gives the reported devices as they are then, but for their revision.
    """
    left: dict[str, Member] = dict(known or {})
    for report in reports:
        told = partial(_told, report=report, now=now, request_id=request_id)
        change = _Change(told, now, silent_from(now))
        device_id = report.device_id
        left[device_id] = _change_device(
            directory, agent, device_id, change, left.pop(device_id, None)
        )
    return left


def register_devices(
    directory: Directory, agent: Agent, device_ids: Iterable[str], now: datetime
) -> dict[str, Member]:
    """Register terminals that have punches but no report, as new devices of the agent."""
    change = _Change(lambda body: body, now)
    return {one: _change_device(directory, agent, one, change) for one in sorted(device_ids)}


@dataclass(frozen=True)
class _Change:
    """What becomes of a device's body, when, and when the clock has to look at it (UTC)."""

    told: Callable[[Body], Body]
    now: datetime
    due_at: datetime | None = None


def _change_device(
    directory: Directory,
    agent: Agent,
    device_id: str,
    change: _Change,
    known: Member | None = None,
) -> Member:
    for _ in range(MAX_ATTEMPTS):
        device = known or directory.member(agent.company, "DEVICE", device_id)
        known = None
        if device is None or not device.is_active:
            device = _new_device(agent, device_id, change.now, device)
        elif device.body.get("agentId") is None and _may_adopt(agent, device_id):
            device = replace(device, body={**device.body, "agentId": agent.agent_id})
        if device.body["agentId"] != agent.agent_id:
            return device
        due = change.due_at or device.due_at
        body = change.told(device.body)
        after = replace(device, body=body, due_at=due, updated_at=change.now)
        with suppress(ConditionFailedError):
            directory.save_member(after)
            return after
    raise UnavailableError("throttled", f"Device {device_id} is being changed; try again.")


def _told(body: Body, report: DeviceReport, now: datetime, request_id: str) -> Body:
    named = {"name": report.device_name or body["name"]} if body.get("isNew") else {}
    if body.get("isNew"):
        named["timezone"] = report.timezone
        named["serialNumber"] = report.serial_number or None
    health = _health(body.get("health") or {}, report, now)
    return {**body, **named, "health": health, REQUEST_ID: request_id}


def _may_adopt(agent: Agent, device_id: str) -> bool:
    return not agent.device_ids or device_id in agent.device_ids


def _new_device(agent: Agent, device_id: str, now: datetime, removed: Member | None) -> Member:
    body: Body = {
        "deviceId": device_id,
        "name": device_id,
        "serialNumber": None,
        "location": agent.location,
        "timezone": None,
        "direction": None,
        "agentId": agent.agent_id,
        "isNew": True,
        "approved": False,
    }
    return Member(
        company_id=str(agent.company),
        collection="DEVICE",
        member_id=device_id,
        body=body,
        is_active=True,
        created_at=removed.created_at if removed else now,
        updated_at=now,
        revision=removed.revision if removed else 0,
    )


def _health(before: dict[str, Any], report: DeviceReport, now: datetime) -> dict[str, Any]:
    watermark = optional_to_iso(report.watermark)
    newest = max(filter(None, (before.get("watermark"), watermark)), default=None)
    return {
        "ok": report.ok,
        "error": None if report.ok else report.error or "unknown",
        "readAt": to_iso(report.read_at),
        "recordsOnDevice": report.records_on_device,
        "clockOffsetSeconds": report.clock_offset_seconds,
        "watermark": newest,
        "reportedTimezone": report.timezone,
        "reportedSerialNumber": report.serial_number or None,
        "reportedAt": to_iso(now),
        "offlineSince": offline_since(before, ok=report.ok, read_at=to_iso(report.read_at)),
    }
