"""The local API on its socket: the document's live reading, health, metrics, and its guard."""

from __future__ import annotations

import json
import re
import ssl
import threading
import tracemalloc
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from operator import itemgetter
from time import monotonic
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from attendance_edge.agent import Fleet, Outcome
from attendance_edge.agent.uplink_loop import UplinkLoop
from attendance_edge.config import ApiConfig
from attendance_edge.local_api import ApiAddressError, LocalApi, LocalServer
from attendance_edge.local_api.all_attendance import AllAttendance, Filters
from attendance_edge.outbox import Outbox
from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import read_terminal
from tests.certificate import make_certificate
from tests.edge.agent.sites import site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOWHERE = "http://127.0.0.1:9"
DISABLE, ENABLE = 1003, 1002


@pytest.fixture
def terminals() -> Iterator[Callable[..., EmulatedTerminal]]:
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(EmulatedTerminal(**options))


@contextmanager
def serving(
    tmp_path: Path, outbox: Outbox, ports: dict[str, int], *, token: str = "", **agent: Any
) -> Iterator[httpx.Client]:
    config = site(tmp_path, NOWHERE, ports, listen="127.0.0.1:0", **agent)
    if token:
        api = ApiConfig(host="127.0.0.1", port=0, token=token)
        config = type(config)(**{**config.__dict__, "api": api})
    assert config.api is not None
    uplink = UplinkLoop(config, outbox, threading.Event())
    app = LocalApi(config, outbox, Fleet(config, outbox), uplink).app()
    server = LocalServer(config.api, app)
    server.start()
    try:
        with httpx.Client(base_url=server.url, trust_env=False, timeout=15) as client:
            yield client
    finally:
        server.stop()


def the_documents_terminals(terminals: Callable[..., EmulatedTerminal]) -> dict[str, int]:
    principal, bodega = terminals(), terminals()
    principal.add_punch("5", punch=1, status=0, timestamp=datetime(2026, 3, 5, 17, 30, 45))
    principal.add_punch("5", punch=0, status=1, timestamp=datetime(2026, 3, 6, 9, 15, 23))
    bodega.add_punch("12", punch=0, status=1, timestamp=datetime(2026, 3, 6, 8, 45, 12))
    return {"principal": principal.port, "bodega": bodega.port}


def test_every_terminal_is_read_live_in_the_documents_shape(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    ports = the_documents_terminals(terminals)
    with serving(tmp_path, outbox, ports) as client:
        answer = client.get("/attendance/all")
    assert answer.status_code == 200
    assert answer.json() == {
        "success": True,
        "total": 3,
        "errors": {},
        "data": [
            {
                "user_id": "5",
                "timestamp": "2026-03-06 09:15:23",
                "status": 1,
                "punch": 0,
                "device_id": "principal",
                "device_name": "Principal door",
            },
            {
                "user_id": "12",
                "timestamp": "2026-03-06 08:45:12",
                "status": 1,
                "punch": 0,
                "device_id": "bodega",
                "device_name": "Bodega door",
            },
            {
                "user_id": "5",
                "timestamp": "2026-03-05 17:30:45",
                "status": 0,
                "punch": 1,
                "device_id": "principal",
                "device_name": "Principal door",
            },
        ],
    }
    assert list(answer.json()) == ["success", "total", "errors", "data"]
    assert outbox.summary().queued == 3, "what was read live is kept too"


@pytest.mark.parametrize(
    ("query", "times"),
    [
        ({"user_id": "5"}, ["2026-03-06 09:15:23", "2026-03-05 17:30:45"]),
        ({"user_id": "05"}, []),
        ({"date": "2026-03-06"}, ["2026-03-06 09:15:23", "2026-03-06 08:45:12"]),
        ({"user_id": "12", "date": "2026-03-06"}, ["2026-03-06 08:45:12"]),
        ({"user_id": "12", "date": "2026-03-05"}, []),
    ],
)
def test_filters_are_exact(
    tmp_path: Path,
    outbox: Outbox,
    terminals: Callable[..., EmulatedTerminal],
    query: dict[str, str],
    times: list[str],
) -> None:
    with serving(tmp_path, outbox, the_documents_terminals(terminals)) as client:
        answer = client.get("/attendance/all", params=query).json()
    assert [row["timestamp"] for row in answer["data"]] == times
    assert answer["total"] == len(times)


@pytest.mark.parametrize("date", ["06/03/2026", "2026-3-6", "2026-02-30", "20260306", "", "today"])
def test_another_form_of_date_is_refused_before_anything_is_read(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal], date: str
) -> None:
    terminal = terminals()
    with serving(tmp_path, outbox, {"gate": terminal.port}) as client:
        answer = client.get("/attendance/all", params={"date": date})
    assert answer.status_code == 400
    assert answer.json()["success"] is False
    assert "YYYY-MM-DD" in answer.json()["message"]
    assert not terminal.received


def test_ties_are_ordered_by_device_and_person(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    moment = datetime(2026, 3, 6, 9, 0, 0)
    first, second = terminals(), terminals()
    for user in ("9", "10", "2"):
        second.add_punch(user, timestamp=moment)
    first.add_punch("3", timestamp=moment)
    second.add_punch("2", timestamp=moment)
    with serving(tmp_path, outbox, {"b": second.port, "a": first.port}) as client:
        rows = client.get("/attendance/all").json()["data"]
    assert [(row["device_id"], row["user_id"]) for row in rows] == [
        ("a", "3"),
        ("b", "10"),
        ("b", "2"),
        ("b", "9"),
    ]


def test_a_terminal_that_fails_is_named_and_the_others_answer_within_the_deadline(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    good, hanging, gone = terminals(records=5), terminals(records=5), terminals()
    hanging.set_faults(hang=True)
    gone.set_faults(close_on_connect=True)
    ports = {"good": good.port, "hanging": hanging.port, "gone": gone.port}
    began = monotonic()
    with serving(tmp_path, outbox, ports, deadline_seconds=2) as client:
        answer = client.get("/attendance/all")
    assert monotonic() - began < 4
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert answer.json()["total"] == 5
    assert set(answer.json()["errors"]) == {"hanging", "gone"}
    assert all(answer.json()["errors"].values())


def test_a_terminal_is_disabled_while_it_is_read_and_enabled_after_it(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    good, cut = terminals(records=20), terminals(records=2000)
    cut.set_faults(drop_after_bytes=3000)
    ports = {"good": good.port, "cut": cut.port}
    with serving(tmp_path, outbox, ports) as client:
        answer = client.get("/attendance/all").json()
    assert set(answer["errors"]) == {"cut"}
    for terminal in (good, cut):
        assert terminal.received[DISABLE] >= 1
        assert terminal.received[ENABLE] >= 1
        assert not terminal.disabled
        assert terminal.writes == 0
    assert not any(state.is_disabled for state in outbox.devices().values())


def test_many_who_ask_at_once_never_hold_two_conversations_with_a_terminal(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(records=50)
    terminal.set_faults(reject_second_session=True, answer_delay=0.01)
    answers: list[dict[str, Any]] = []
    with serving(tmp_path, outbox, {"gate": terminal.port}) as client:
        threads = [
            threading.Thread(target=lambda: answers.append(client.get("/attendance/all").json()))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [(one["total"], one["errors"]) for one in answers] == [(50, {})] * 4


def test_the_logs_of_a_fleet_are_never_in_memory_as_a_whole(
    tmp_path: Path, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal, fleet, records = terminals(records=1_000), 10, 1_000
    config = site(tmp_path, NOWHERE, {f"t{n:02}": terminal.port + n for n in range(fleet)})
    address = config.devices[0].address
    assert address is not None
    reading = read_terminal(address, deadline_seconds=10)
    outcomes = (Outcome(device=d, seconds=1.0, reading=reading) for d in config.devices)
    tracemalloc.start()
    try:
        answer = AllAttendance(outcomes, Filters())
        size = sum(map(len, answer.json()))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 100 * fleet * records
    assert most < size

    told = json.loads("".join(answer.json()))
    assert told["total"] == len(told["data"]) == fleet * records
    order = [(row["timestamp"], row["device_id"]) for row in told["data"]]
    assert order == sorted(sorted(order, key=itemgetter(1)), key=itemgetter(0), reverse=True)


def test_health_tells_of_outbox_uplink_and_terminals(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    with serving(tmp_path, outbox, {"gate": terminals(records=3).port}) as client:
        client.get("/attendance/all")
        health = client.get("/health").json()
    assert health["outbox"]["queued"] == 3
    assert health["uplink"]["ok"] is True
    assert health["agent_id"] is None
    (device,) = health["devices"]
    assert (device["ok"], device["records_on_device"], device["queued"]) == (True, 3, 3)
    assert device["watermark"] is None, "three punches wait"


def test_metrics_are_in_the_words_of_prometheus(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    with serving(tmp_path, outbox, {"gate": terminals(records=3).port, "dead": 1}) as client:
        client.get("/attendance/all")
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "attendance_edge_queued_punches 3.0" in answer.text
    assert 'attendance_edge_terminal_up{device_id="gate"} 1.0' in answer.text
    assert 'attendance_edge_terminal_up{device_id="dead"} 0.0' in answer.text
    assert re.search(r"^attendance_edge_accepted_total 0.0$", answer.text, re.MULTILINE)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "attacker.example"},
        {"Host": "127.0.0.1.attacker.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_foreign_web_page_cannot_ask(
    tmp_path: Path,
    outbox: Outbox,
    terminals: Callable[..., EmulatedTerminal],
    headers: dict[str, str],
) -> None:
    terminal = terminals()
    with serving(tmp_path, outbox, {"gate": terminal.port}) as client:
        assert client.get("/attendance/all", headers=headers).status_code == 403
        assert client.get("/attendance/all", headers={"Host": "localhost"}).status_code == 200


def test_with_a_token_nothing_is_told_without_it(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(records=1)
    with serving(tmp_path, outbox, {"gate": terminal.port}, token="s3cret") as client:
        for path in ("/attendance/all", "/health", "/metrics", "/poll"):
            for headers in ({}, {"Authorization": "Bearer s3cre"}, {"Authorization": "s3cret"}):
                assert client.get(path, headers=headers).status_code == 401
        assert not terminal.received
        right = {"Authorization": "Bearer s3cret"}
        assert client.get("/attendance/all", headers=right).json()["total"] == 1


def test_with_a_certificate_it_is_served_over_tls(tmp_path: Path, outbox: Outbox) -> None:
    pem = make_certificate(tmp_path)
    api = ApiConfig(host="127.0.0.1", port=0, tls_cert=pem, tls_key=pem, token="s3cret")
    config = replace(site(tmp_path, NOWHERE, {"dead": 1}), api=api)
    uplink = UplinkLoop(config, outbox, threading.Event())
    server = LocalServer(api, LocalApi(config, outbox, Fleet(config, outbox), uplink).app())
    server.start()
    try:
        assert server.url.startswith("https://")
        trusted = ssl.create_default_context(cafile=pem)
        with httpx.Client(base_url=server.url, trust_env=False, verify=trusted) as client:
            right = {"Authorization": "Bearer s3cret"}
            assert client.get("/health").status_code == 401
            assert client.get("/health", headers=right).status_code == 200
            assert set(client.get("/attendance/all", headers=right).json()["errors"]) == {"dead"}
    finally:
        server.stop()


def test_an_address_that_is_taken_is_named() -> None:
    first = LocalServer(ApiConfig(host="127.0.0.1", port=0), _never)
    port = int(first.url.rsplit(":", 1)[1])
    try:
        with pytest.raises(ApiAddressError, match=f"127.0.0.1:{port}"):
            LocalServer(ApiConfig(host="127.0.0.1", port=port), _never)
    finally:
        first.stop()


async def _never(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError
