"""A terminal's health changes, and subscribers are told once."""

from datetime import UTC, datetime, timedelta

import pytest

from attendance.services.authenticate_agent import Agent
from attendance.services.device_silence import note_silent_devices
from attendance.services.report_devices import DeviceReport, report_devices
from publish_events.app import lambda_handler as publish
from tests.integration.judging.test_publish_events import Subscriber
from tests.integration.policies.conftest import ACME, CONTEXT

AGENT = Agent(company=ACME, agent_id="acme_agent", device_ids=(), location=None)
NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def bus(parts, engine_url) -> Subscriber:
    subscriber = Subscriber(parts, engine_url)
    subscriber.events()
    return subscriber


@pytest.fixture
def gate(site, bus):
    """Reports of a terminal in, the events they make out."""
    site.device(health=None, location="plant")
    body = {"location": "plant", "timezone": "America/Lima"}
    site.ask("tom", "POST", "/v1/locations", body=body)
    return Gate(site, bus)


class Gate:
    def __init__(self, site, bus) -> None:
        self.site, self.bus, self.requests = site, bus, 0
        site.changes()

    def report(self, now=NOON, **told) -> None:
        values = {"device_id": "gate", "ok": True, "read_at": now, "timezone": "UTC", **told}
        self.requests += 1
        request_id = f"request-{self.requests}"
        report_devices(self.site.parts.directory, AGENT, [DeviceReport(**values)], now, request_id)

    def told(self, times: int = 1) -> list[dict]:
        records = self.site.changes()
        for _ in range(times):
            if records:
                publish({"Records": records}, CONTEXT)
        return self.bus.events()

    def health(self) -> dict:
        return self.site.parts.directory.member(ACME, "DEVICE", "gate").body["health"]


def names(events) -> list[str]:
    return sorted(event["detail-type"] for event in events)


def requests(events) -> list[tuple[str, str | None]]:
    return [(event["detail-type"], event["detail"]["metadata"]["requestId"]) for event in events]


def test_a_failed_report_is_offline_once_and_a_good_one_online_again(gate):
    gate.report(ok=False, error="timed out")
    (event,) = gate.told()
    assert event["detail-type"] == "device.offline"
    assert event["detail"]["data"]["since"] == "2026-03-06T12:00:00.000Z"
    assert event["detail"]["data"]["device"]["location"] == "plant"
    gate.report(NOON + timedelta(minutes=1), ok=False, error="timed out")
    assert gate.told() == []
    gate.report(NOON + timedelta(minutes=3))
    (event,) = gate.told()
    assert (event["detail-type"], event["detail"]["data"]["seconds"]) == ("device.online", 180)
    gate.report(NOON + timedelta(minutes=4))
    assert gate.told() == []


def test_ten_minutes_of_silence_are_noticed_by_the_clock_once(gate):
    parts = gate.site.parts
    gate.report()
    gate.told()
    assert note_silent_devices(parts, NOON + timedelta(minutes=10)) == 0
    assert note_silent_devices(parts, NOON + timedelta(minutes=10, seconds=1)) == 1
    assert gate.health()["offlineSince"] == "2026-03-06T12:00:00.000Z"
    (event,) = gate.told()
    assert (event["detail-type"], event["detail"]["data"]["seconds"]) == ("device.offline", 601)
    assert note_silent_devices(parts, NOON + timedelta(minutes=20)) == 0
    gate.report(NOON + timedelta(minutes=30))
    assert names(gate.told()) == ["device.online"]
    assert note_silent_devices(parts, NOON + timedelta(minutes=41)) == 1


def test_a_terminal_that_fell_silent_while_the_clock_stood_still_is_noticed_afterwards(gate):
    parts = gate.site.parts
    gate.report()
    gate.told()
    three_days_on = NOON + timedelta(days=3)
    assert note_silent_devices(parts, three_days_on) == 0
    assert note_silent_devices(parts, three_days_on, since=NOON) == 1
    assert names(gate.told()) == ["device.offline"]


def test_an_event_names_the_request_that_caused_it_and_the_clock_has_none(gate):
    gate.report(ok=False)
    assert requests(gate.told()) == [("device.offline", "request-1")]
    gate.report(NOON + timedelta(minutes=1))
    assert requests(gate.told()) == [("device.online", "request-2")]
    note_silent_devices(gate.site.parts, NOON + timedelta(minutes=12))
    assert requests(gate.told()) == [("device.offline", None)]
    shown = gate.site.ask("tom", "GET", "/v1/devices/gate").body["device"]
    assert "requestId" not in shown


def test_a_terminal_known_to_be_offline_is_not_noticed_again(gate):
    gate.report(ok=False)
    gate.told()
    assert note_silent_devices(gate.site.parts, NOON + timedelta(minutes=11)) == 0
    assert gate.told() == []


def test_a_terminal_that_was_removed_is_not_missed(gate):
    gate.report()
    gate.site.ask("tom", "DELETE", "/v1/devices/gate")
    assert note_silent_devices(gate.site.parts, NOON + timedelta(minutes=11)) == 0


def test_a_clock_a_minute_off_is_told_when_it_becomes_so(gate):
    drifts = []
    for minute, offset in enumerate((59.9, -60.0, -75.0, 3.0, 90.0, None, 61.0)):
        gate.report(NOON + timedelta(minutes=minute), clock_offset_seconds=offset)
        drifts.append([event["detail"]["data"]["seconds"] for event in gate.told()])
    assert drifts == [[], [-60], [], [], [90], [], [61]]


def test_a_watermark_past_midnight_of_the_site_closes_the_day(gate):
    midnight_in_lima = datetime(2026, 3, 6, 5, tzinfo=UTC)
    gate.report(NOON, watermark=midnight_in_lima - timedelta(seconds=1))
    (event,) = gate.told()
    assert event["detail"]["data"]["day"] == "2026-03-04"
    gate.report(NOON + timedelta(minutes=1), watermark=midnight_in_lima)
    (event,) = gate.told()
    data = event["detail"]["data"]
    assert (data["day"], data["timezone"]) == ("2026-03-05", "America/Lima")
    assert (data["since"], data["seconds"]) == ("2026-03-06T05:00:00.000Z", 0)
    assert data["watermark"] == "2026-03-06T05:00:00.000Z"
    gate.report(NOON + timedelta(minutes=2), watermark=midnight_in_lima + timedelta(hours=3))
    assert gate.told() == []


def test_a_redelivered_change_carries_the_same_ids(gate):
    gate.report(ok=False, clock_offset_seconds=120.0, watermark=NOON)
    events = gate.told(times=2)
    assert names(events) == sorted(["device.clockDrift", "device.dayClosed", "device.offline"] * 2)
    assert len({event["detail"]["metadata"]["eventId"] for event in events}) == 3
