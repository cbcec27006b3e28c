"""From a finger on a terminal to the record, the event and both endpoints."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from attendance_edge.simulator import EmulatedTerminal
from tests.e2e.company import ZONE, Company, Subscriber, working_days
from tests.engine import free_port
from tests.noon import zone_where_it_is_noon
from tests.waiting import crowding, until

pytestmark = pytest.mark.stack

PEOPLE, DAYS = 20, 5
PUNCHES = PEOPLE * DAYS * 2


class Site:
    """Two good terminals (one of them slow), a dead one, and an enrolled agent beside them."""

    def __init__(self, company: Company, folder: Path, ports: dict[str, int], api_port: int):
        self.company, self.folder, self.ports, self.api_port = company, folder, ports, api_port
        self.config = folder / "edge.toml"
        self.config.write_text("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        yield f'[cloud]\nurl = "{str(self.company.http.base_url).rstrip("/")}"'
        yield "[agent]\npoll_seconds = 1\ndeadline_seconds = 25"
        yield f'[api]\nlisten = "127.0.0.1:{self.api_port}"'
        for device_id, port in self.ports.items():
            yield f'[[device]]\nid = "{device_id}"\nname = "{device_id.title()}"'
            yield f'address = "127.0.0.1"\nport = {port}\ntransport = "tcp"\ntimezone = "{ZONE}"'

    def edge(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*EDGE, *arguments, "--config", str(self.config)],
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
            env=os.environ | {"COLUMNS": "160"},
        )


EDGE = [str(Path(sys.executable).with_name("attendance-edge"))]


@pytest.fixture(scope="module")
def company(stack: dict[str, Any]) -> Iterator[Company]:
    made = Company(stack)
    yield made
    made.http.close()


@pytest.fixture(scope="module")
def subscriber(stack: dict[str, Any], company: Company) -> Iterator[Subscriber]:
    made = Subscriber(stack, company)
    yield made
    made.sqs.close()


@pytest.fixture(scope="module")
def site(
    company: Company, subscriber: Subscriber, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A hundred days of work in two logs: checked in at 08:5x, out at 17:0x."""
    people = company.people(PEOPLE)
    days = working_days(DAYS, datetime.now(ZoneInfo(ZONE)).date())
    for day in days:
        company.shift(f"s-{day}", day, people)
    for device in ("north", "south", "west"):
        company.device(device)
    with EmulatedTerminal() as north, EmulatedTerminal() as south:
        for day in days:
            for number in range(1, PEOPLE + 1):
                terminal = north if number % 2 else south
                at = datetime(day.year, day.month, day.day, 8, 50, number)
                terminal.add_punch(str(number), timestamp=at)
                terminal.add_punch(str(number), timestamp=at.replace(hour=17, minute=2), punch=1)
        south.set_faults(answer_delay=0.2)
        ports = {"north": north.port, "south": south.port, "west": free_port()}
        made = Site(company, tmp_path_factory.mktemp("site"), ports, free_port())
        enrolled = made.edge("enroll", "--code", company.enrollment_code())
        assert enrolled.returncode == 0, enrolled.stdout + enrolled.stderr
        yield made
        assert north.writes == south.writes == 0
        assert not north.disabled
        assert not south.disabled


@pytest.fixture(scope="module")
def polled(site: Site) -> dict[str, Any]:
    """One round over all terminals, and when it ended."""
    done = site.edge("poll", "--json")
    assert done.returncode == 1, done.stdout + done.stderr
    return {"answer": json.loads(done.stdout), "ended": time.monotonic()}


def test_one_dead_terminal_is_told_and_the_punches_of_the_others_arrive(
    site: Site, polled: dict[str, Any]
) -> None:
    until(lambda: site.company.get("/attendance/all")["total"] == PUNCHES, 60)
    answer = site.company.get("/attendance/all")
    assert list(answer["errors"]) == ["west"]
    assert answer["completeness"]["north"] is not None
    assert answer["completeness"]["south"] is not None
    assert answer["completeness"]["west"] is None


def test_every_record_is_there_within_five_seconds_of_the_poll(
    site: Site, polled: dict[str, Any]
) -> None:
    def complete() -> bool:
        records = site.company.records()
        return len(records) == PEOPLE * DAYS and all(r["checkOutTime"] for r in records)

    until(complete, 60)
    took = time.monotonic() - polled["ended"]
    records = site.company.records()
    assert Counter(r["status"] for r in records) == {"present": PEOPLE * DAYS}
    newest = records[0]
    local = datetime.fromisoformat(newest["checkInTime"]).astimezone(ZoneInfo(ZONE))
    assert (local.hour, local.minute) == (8, 50)
    assert newest["user"]["fullname"].startswith("Person")
    assert took < 5 * crowding(), f"the last record came {took:.1f} s after the poll"


def test_every_change_was_published_once_and_in_version_order(
    site: Site, subscriber: Subscriber, polled: dict[str, Any]
) -> None:
    def versions() -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        seen: set[str] = set()
        for event in subscriber.receive():
            event_id = event["detail"]["metadata"]["eventId"]
            record = event["detail"]["data"].get("record")
            if record and "previous" in event["detail"]["data"] and event_id not in seen:
                seen.add(event_id)
                found.setdefault(record["id"], []).append(record["recordVersion"])
        return found

    records = {r["id"]: r["recordVersion"] for r in site.company.records()}
    until(lambda: {key: len(seen) for key, seen in versions().items()} == records, 60)
    assert all(seen == list(range(1, len(seen) + 1)) for seen in versions().values())


def test_a_second_poll_uploads_nothing_again(site: Site, polled: dict[str, Any]) -> None:
    versions = {r["id"]: r["recordVersion"] for r in site.company.records()}
    assert site.edge("poll").returncode == 1
    assert site.company.get("/attendance/all")["total"] == PUNCHES
    assert {r["id"]: r["recordVersion"] for r in site.company.records()} == versions


def test_a_lost_outbox_doubles_nothing(site: Site, polled: dict[str, Any]) -> None:
    for file in (site.folder / "state").glob("outbox*"):
        if file.is_file():
            file.unlink()
    assert site.edge("poll").returncode == 1
    assert site.company.get("/attendance/all")["total"] == PUNCHES


def test_filters_and_paging_of_the_clouds_log(site: Site, polled: dict[str, Any]) -> None:
    day = f"{working_days(1, datetime.now(ZoneInfo(ZONE)).date())[0]}"
    assert site.company.get("/attendance/all", date=day)["total"] == PEOPLE * 2
    own = site.company.get("/attendance/all", user_id="7")
    assert {row["user_id"] for row in own["data"]} == {"7"}
    assert own["total"] == DAYS * 2
    first = site.company.get("/attendance/all", limit=150)
    rest = site.company.get("/attendance/all", limit=150, next=first["next"])
    stamps = [row["timestamp"] for row in first["data"] + rest["data"]]
    assert len(stamps) == PUNCHES
    assert stamps == sorted(stamps, reverse=True)


def test_the_running_agent_answers_live(site: Site, polled: dict[str, Any]) -> None:
    agent = subprocess.Popen(
        [*EDGE, "run", "--config", str(site.config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base_url = f"http://127.0.0.1:{site.api_port}"
    with agent, httpx.Client(base_url=base_url, timeout=60) as edge:
        try:
            until(lambda: _up(edge), 60)
            answer = edge.get("/attendance/all").json()
            assert (answer["success"], answer["total"]) == (True, PUNCHES)
            assert list(answer["errors"]) == ["west"]
            assert set(answer["data"][0]) == {
                "user_id", "timestamp", "status", "punch", "device_id", "device_name",
            }  # fmt: skip
            assert edge.get("/attendance/all", params={"user_id": "3"}).json()["total"] == DAYS * 2
            assert edge.get("/attendance/all", params={"date": "6 March"}).status_code == 400
        finally:
            agent.terminate()
            assert agent.wait(timeout=20) == 0


def _up(edge: httpx.Client) -> bool:
    try:
        return edge.get("/health").status_code == 200
    except httpx.HTTPError:
        return False


def test_a_check_in_and_a_check_out_of_an_employee(site: Site, stack: dict[str, Any]) -> None:
    company = site.company
    now = datetime.now(UTC)
    zone = zone_where_it_is_noon(now)
    company.post("/v1/locations", {"location": "noon", "timezone": zone})
    person = {
        "userId": "eve", "email": "eve@acme.example", "fullname": "Eve", "roleId": "employee",
        "deviceUserIds": [], "password": "correct horse battery staple",
    }  # fmt: skip
    company.post("/v1/users", person)
    day = now.astimezone(ZoneInfo(zone)).date()
    shift = {"shiftId": "noon", "shiftDate": f"{day}", "startTime": "08:00", "endTime": "20:00"}
    company.post("/v1/shifts", shift | {"location": "noon"})
    company.post("/v1/shifts/noon/assignments", {"userIds": ["eve"]})
    token = company.log_in("eve@acme.example")["accessToken"]
    with httpx.Client(base_url=stack["baseUrl"], timeout=30) as eve:
        eve.headers["Authorization"] = f"Bearer {token}"
        made = eve.post("/v1/check-in", json={"shiftId": "noon", "userId": "eve"})
        assert made.status_code == 201, made.text
        record = made.json()["attendanceRecord"]
        assert record["status"] == "late"
        again = eve.post("/v1/check-in", json={"shiftId": "noon", "userId": "eve"})
        assert (again.status_code, again.json()["message"]) == (409, "errMsg_alreadyCheckedIn")
        left = eve.post("/v1/check-out", json={"attendanceRecordId": record["id"]})
        assert left.status_code == 200, left.text
        assert left.json()["attendanceRecord"]["status"] == "leftEarly"
        read = eve.get(f"/v1/attendance-records/{record['id']}").json()["attendanceRecord"]
        assert (read["recordVersion"], read["lateByMinutes"] > 0) == (2, True)
        listed = eve.get("/v1/attendance-records").json()
        assert [r["id"] for r in listed["attendanceRecords"]] == [record["id"]]


def test_lists_and_totals_show_a_write_within_two_seconds(
    site: Site, polled: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    """The quickest of seven writes counts: the machine has other tests to run meanwhile."""
    company = site.company
    played = request.node.execution_count
    day = datetime.now(UTC).date() - timedelta(days=40 + played)
    queries = ({}, {"status": "present"}, {"date": f"{day}"})

    def totals() -> list[int]:
        pages = (
            company.get("/v1/attendance-records", **query, pageRowCount=5) for query in queries
        )
        return [page["paging"]["totalRowCount"] for page in pages]

    until(lambda: totals()[0] >= PEOPLE * DAYS, 60)
    before = totals()
    people = [f"p{number}" for number in range(1, 8)]
    shift_id = f"past-{played}"
    company.shift(shift_id, day, people)
    times = {"checkInTime": f"{day}T06:50:00Z", "checkOutTime": f"{day}T16:10:00Z"}
    took = []
    for written, user_id in enumerate(people, 1):
        company.post("/v1/check-in", {"shiftId": shift_id, "userId": user_id, **times})
        began = time.monotonic()
        expected = [total + written for total in before]
        until(lambda wanted=expected: totals() == wanted, 60)
        took.append(time.monotonic() - began)
    last_page = (before[0] + len(people) - 1) // 5 + 1
    answer = company.get("/v1/attendance-records", pageRowCount=5, pageNumber=last_page)
    assert answer["attendanceRecords"][-1]["shift"]["shiftDate"] == f"{day}"
    assert min(took) < 2 * crowding(), f"the totals came after {took} s"
