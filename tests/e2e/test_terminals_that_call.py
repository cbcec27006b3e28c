"""Terminals with TLS call the service themselves: from a finger to the record, without an agent."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from attendance_edge.simulator import EmulatedTerminal
from tests.e2e.company import ZONE, Company, working_days
from tests.waiting import until

pytestmark = pytest.mark.stack

PEOPLE = 3


@pytest.fixture(scope="module")
def company(stack: dict[str, Any]) -> Iterator[Company]:
    made = Company(stack)
    yield made
    made.http.close()


@pytest.fixture(scope="module")
def day(company: Company) -> date:
    """Yesterday, with three people on a shift from 09:00 to 17:00."""
    (day,) = working_days(1, datetime.now(ZoneInfo(ZONE)).date())
    company.shift(f"s-{day}", day, company.people(PEOPLE))
    return day


def address(stack: dict[str, Any], company: Company, device_id: str) -> str:
    company.device(device_id)
    made = company.post(f"/v1/devices/{device_id}/push-token", None)
    return f"{stack['baseUrl']}{made['pushToken']['path']}"


def test_what_people_punch_becomes_their_records(
    stack: dict[str, Any], company: Company, day: date
) -> None:
    with EmulatedTerminal(
        push=address(stack, company, "gate"), push_seconds=0.2, timezone=ZONE
    ) as terminal:
        until(lambda: terminal.pusher and terminal.pusher.state.connected, 60)
        for number in range(1, PEOPLE + 1):
            came = datetime.combine(day, time(8, 50, number))
            terminal.add_punch(str(number), timestamp=came)
            terminal.add_punch(str(number), timestamp=came.replace(hour=17), punch=1)
        terminal.set_faults(push_twice=True)

        def complete() -> bool:
            records = company.records()
            return len(records) == PEOPLE and all(one["checkOutTime"] for one in records)

        until(complete, 60)
        device = company.get("/v1/devices/gate")["device"]
        assert terminal.pusher is not None
        assert terminal.pusher.state.commands == 0
    assert {one["status"] for one in company.records()} == {"present"}
    assert company.get("/attendance/all")["total"] == PEOPLE * 2
    assert (device["serialNumber"], device["health"]["ok"]) == ("EMU0000001", True)


def test_a_terminal_that_is_not_approved_keeps_its_punches_until_it_is(
    stack: dict[str, Any], company: Company, day: date
) -> None:
    url = address(stack, company, "yard")
    company.http.patch("/v1/devices/yard", json={"approved": False}).raise_for_status()
    before = company.get("/attendance/all")["total"]
    with EmulatedTerminal(push=url, push_seconds=0.2, timezone=ZONE) as terminal:
        terminal.add_punch("1", timestamp=datetime.combine(day, time(12)))
        until(lambda: terminal.pusher and terminal.pusher.state.refused >= 2, 60)
        assert company.get("/attendance/all")["total"] == before
        company.http.patch("/v1/devices/yard", json={"approved": True}).raise_for_status()
        until(lambda: company.get("/attendance/all")["total"] == before + 1, 60)


def test_bytes_that_are_no_text_arrive_as_they_are(
    stack: dict[str, Any], company: Company, day: date
) -> None:
    url = address(stack, company, "dock")
    query = {"SN": "DOCK1", "table": "ATTLOG", "Stamp": "1"}
    body = b"\xff\xfe\t2026-03-06 09:00:00\t0\t1\n" + f"2\t{day} 12:30:00\t0\t1\n".encode()
    told = httpx.post(f"{url}cdata", params=query, content=body, trust_env=False, timeout=30)
    assert (told.status_code, told.text) == (200, "OK: 2")
    assert company.get("/v1/devices/dock")["device"]["unreadableLines"] == 1


def test_a_token_of_nobody_is_refused_and_none_is_in_any_log(
    stack: dict[str, Any], stack_environment: dict[str, str], company: Company
) -> None:
    url = address(stack, company, "side")
    token = url.rstrip("/").rpartition("/")[2]
    query = {"SN": "SIDE1"}
    told = httpx.get(f"{url}getrequest", params=query, trust_env=False, timeout=30)
    wrong = httpx.get(
        f"{stack['baseUrl']}/iclock/{'x' * 22}/getrequest",
        params=query,
        trust_env=False,
        timeout=30,
    )
    assert (told.status_code, told.text) == (200, "OK")
    assert (wrong.status_code, wrong.text) == (403, "ERROR: unknown terminal")
    logs = [path for path in Path(stack_environment["LOCAL_DIR"]).rglob("*.log") if path.is_file()]
    assert logs
    assert not [path.name for path in logs if token in path.read_text(errors="replace")]
