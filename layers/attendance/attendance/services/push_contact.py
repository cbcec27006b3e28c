"""The health of a terminal that calls by itself: each call is a contact, and promises nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from attendance.adapters import keys
from attendance.adapters.directory import Directory
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.services.device_silence import silent_from
from attendance.times import from_iso, to_iso

TRIES = 5
NOTED_EVERY = timedelta(minutes=2)
"""A terminal calls several times a minute; it counts as silent after ten."""


def note_contact(
    directory: Directory, device: Member, now: datetime, *, unreadable: int = 0
) -> None:
    """Write that a terminal called, at most every two minutes, and count unreadable lines.

    Of a terminal that an agent reads too, the agent tells the health. Where others write the
    same terminal, a mere contact is let go: the next call is soon.
    """
    for _ in range(TRIES if unreadable else 1):
        after = _after(device, now, unreadable)
        if after == device:
            return
        try:
            directory.save_member(after)
        except ConditionFailedError:
            device = directory.member_at(_place(device)) or device
        else:
            return


def _after(device: Member, now: datetime, unreadable: int) -> Member:
    body = dict(device.body)
    if unreadable:
        body["unreadableLines"] = int(body.get("unreadableLines") or 0) + unreadable
    if body.get("agentId") is None and _is_due(body.get("health") or {}, now):
        body["health"] = _contacted(body.get("health") or {}, body["serialNumber"], now)
        return replace(device, body=body, due_at=silent_from(now), updated_at=now)
    return device if body == device.body else replace(device, body=body, updated_at=now)


def _place(device: Member) -> keys.Key:
    return keys.place_of_member(CompanyId(device.company_id), "DEVICE", device.member_id)


def _is_due(health: dict[str, Any], now: datetime) -> bool:
    told = health.get("reportedAt")
    at_rest = health.get("ok") is True and not health.get("offlineSince")
    return told is None or not at_rest or now - from_iso(told) >= NOTED_EVERY


def _contacted(before: dict[str, Any], serial_number: str, now: datetime) -> dict[str, Any]:
    kept = ("recordsOnDevice", "clockOffsetSeconds", "watermark", "reportedTimezone")
    return {
        **{name: before.get(name) for name in kept},
        "ok": True,
        "error": None,
        "readAt": to_iso(now),
        "reportedSerialNumber": serial_number,
        "reportedAt": to_iso(now),
        "offlineSince": None,
    }
