"""The events of a terminal's changed health (events.md)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attendance.domain.instants import at_wall
from attendance.model.directory import Member
from attendance.model.event import Event
from attendance.services.device_silence import seconds_between
from attendance.services.report_devices import REQUEST_ID
from attendance.times import from_iso, to_iso

DRIFT_SECONDS = 60
Health = dict[str, Any]
ZoneOf = Callable[[Member], str]


def device_events(before: Member | None, after: Member, zone_of: ZoneOf) -> Iterator[Event]:
    """What a change of a terminal's health tells, each once; `zone_of` is its site's zone."""
    was = (before.body.get("health") if before else None) or {}
    now = after.body.get("health") or {}
    if not after.is_active or was == now or not now:
        return
    after = _of_its_own_request(before, after)
    yield from _connection(was, now, after)
    if _drifts(now) and not _drifts(was):
        offset = round(now["clockOffsetSeconds"])
        yield _event("clockDrift", after, since=now["reportedAt"], seconds=offset)
    if now.get("watermark") and now["watermark"] != was.get("watermark"):
        yield from _day_closed(was.get("watermark"), now["watermark"], after, zone_of(after))


def _of_its_own_request(before: Member | None, after: Member) -> Member:
    """Without the request of an earlier report, where nobody's request made the change."""
    if before is None or before.body.get(REQUEST_ID) != after.body.get(REQUEST_ID):
        return after
    return replace(after, body={**after.body, REQUEST_ID: None})


def _connection(was: Health, now: Health, after: Member) -> Iterator[Event]:
    since, before = now.get("offlineSince"), was.get("offlineSince")
    told = since or before
    if told is None or bool(since) == bool(before):
        return
    name = "offline" if since else "online"
    yield _event(name, after, since=told, seconds=seconds_between(told, after.updated_at))


def _drifts(health: Health) -> bool:
    offset = health.get("clockOffsetSeconds")
    return offset is not None and abs(offset) >= DRIFT_SECONDS


def _day_closed(was: str | None, now: str, after: Member, zone: str) -> Iterator[Event]:
    """The latest day that the terminal holds nothing older than the end of."""
    here = ZoneInfo(zone)
    today = from_iso(now).astimezone(here).date()
    if was is not None and from_iso(was).astimezone(here).date() >= today:
        return
    midnight = to_iso(at_wall(datetime.combine(today, time()), here))
    seconds = max(seconds_between(midnight, from_iso(now)), 0)
    day = (today - timedelta(days=1)).isoformat()
    yield _event("dayClosed", after, since=midnight, seconds=seconds, day=day, timezone=zone)


def _event(name: str, device: Member, **told: Any) -> Event:
    body = device.body
    shown = {key: body.get(key) for key in ("deviceId", "name", "location", "serialNumber")}
    return Event(
        detail_type=f"device.{name}",
        company_id=device.company_id,
        entity=f"device:{device.member_id}",
        version=device.revision,
        occurred_at=device.updated_at.astimezone(UTC),
        request_id=body.get(REQUEST_ID),
        actor=f"device:{device.member_id}",
        data={"device": shown, "watermark": body["health"].get("watermark"), **told},
    )
