"""`make up` as a person types it: a company, terminals and an agent, to the first event."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import psutil
import pytest

from local.demo.day import ZONES, zone_where_it_is_morning
from local.folder import Folder
from tests.stack import environment_of_its_own, launch
from tests.waiting import ends_within

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def demo_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return environment_of_its_own(tmp_path_factory.mktemp("demo"), demo=True)


@pytest.fixture(scope="module")
def folder(demo_environment: dict[str, str]) -> Folder:
    return Folder(Path(demo_environment["LOCAL_DIR"]))


@pytest.fixture(scope="module")
def printed(demo_environment: dict[str, str]) -> Iterator[str]:
    """What the first `make up` printed."""
    try:
        yield launch("up", demo_environment)
    finally:
        launch("down", demo_environment)


def stack(folder: Folder) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(folder.stack_file.read_text())
    return content


def session(facts: dict[str, Any], who: str) -> httpx.Client:
    person = facts["demo"][who]
    login = {"email": person["email"], "password": person["password"]}
    company = {"companyCodename": facts["demo"]["companyCodename"]}
    answer = httpx.post(f"{facts['baseUrl']}/login", json=login | company)
    assert answer.json()["userId"] == person["userId"], answer.text
    token = answer.json()["accessToken"]
    return httpx.Client(base_url=facts["baseUrl"], headers={"Authorization": f"Bearer {token}"})


def pids(folder: Folder) -> dict[str, int]:
    return {f.stem: json.loads(f.read_text())["pid"] for f in folder.processes.glob("*.json")}


def test_the_first_up_takes_a_punch_from_a_terminal_to_a_record(
    printed: str, folder: Folder
) -> None:
    facts = stack(folder)
    with session(facts, "manager") as manager:
        records = manager.get("/v1/attendance-records?userId=lena").json()

    assert [record["status"] for record in records["attendanceRecords"]] == ["present"]
    assert facts["baseUrl"] in printed
    assert facts["demo"]["manager"]["password"] in printed
    assert "waiting for the record and its event" in printed


@pytest.mark.parametrize("who", ["tenantAdmin", "manager", "employee"])
def test_everybody_in_the_stack_file_can_log_in(printed: str, folder: Folder, who: str) -> None:
    with session(stack(folder), who) as person:
        assert person.get("/currentuser").json()["roleId"] == who


def test_the_agents_own_api_reads_the_terminals(printed: str, folder: Folder) -> None:
    answer = httpx.get(f"{stack(folder)['edgeUrl']}/attendance/all", timeout=30).json()

    assert answer["errors"] == {}
    assert [row["user_id"] for row in answer["data"]] == ["4"]


def test_the_employee_of_the_stack_file_is_in_a_shift_now(printed: str, folder: Folder) -> None:
    facts = stack(folder)
    zone = ZoneInfo(json.loads(folder.demo_file.read_text())["zone"])
    with session(facts, "employee") as employee:
        shift = employee.get("/v1/shifts").json()["shifts"][0]

    now = datetime.now(zone)
    assert shift["shiftDate"] == now.date().isoformat()
    assert shift["startTime"] <= f"{now:%H:%M}" < shift["endTime"]


def test_up_again_starts_only_what_has_died_and_names_it(
    printed: str, folder: Folder, demo_environment: dict[str, str]
) -> None:
    before = pids(folder)
    psutil.Process(before["edge-agent"]).kill()
    with ends_within(20):
        again = launch("up", demo_environment)

    after = pids(folder)
    assert "The edge-agent had stopped by itself" in again
    assert after["edge-agent"] != before["edge-agent"]
    assert (after["engine"], after["front-door"]) == (before["engine"], before["front-door"])
    assert httpx.get(f"{stack(folder)['edgeUrl']}/health").status_code == 200


def test_down_and_up_keep_company_agent_and_punches(
    printed: str, folder: Folder, demo_environment: dict[str, str]
) -> None:
    before = stack(folder)
    launch("down", demo_environment)
    assert pids(folder) == {}
    with ends_within(20):
        again = launch("up", demo_environment)

    assert stack(folder) == before
    assert "Enrolling" not in again
    with session(before, "manager") as manager:
        assert manager.get("/v1/attendance-records?userId=lena").json()["rowCount"] == 1
    health = httpx.get(f"{before['edgeUrl']}/health").json()
    assert health["outbox"]["queued"] == 0


def test_at_every_hour_there_is_a_zone_where_it_is_morning() -> None:
    for month in (1, 7):
        for hour in range(24):
            now = datetime(2026, month, 15, hour, 30, tzinfo=ZoneInfo("UTC"))
            zone = zone_where_it_is_morning(now)
            assert zone in ZONES
            assert now.astimezone(ZoneInfo(zone)).hour == 9
