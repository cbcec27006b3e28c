"""Terminals that call by themselves: `OK: n` says that n lines are on disk."""

from __future__ import annotations

import http.client
import logging
import socket
from typing import TYPE_CHECKING

import httpx
import pytest

from attendance_edge.config import Config, ConfigError, load_config
from attendance_edge.local_api import LocalServer
from attendance_edge.outbox import Outbox, PunchRow
from attendance_edge.push_receiver import PushReceiver
from attendance_edge.push_receiver import app as push_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERIAL = "CQZ7230961348"
CALLER = f"""
[cloud]
url = "http://127.0.0.1:9"
[push]
listen = "127.0.0.1:0"
[[device]]
id = "yard"
serial_number = "{SERIAL}"
timezone = "America/Mexico_City"
"""
LINES = "5\t2026-03-06 09:15:23\t0\t1\t0\t0\n0012\t2026-03-06 17:30:45\t1\t15\t0\t0\n"
PUNCHES = [
    PunchRow("5", "2026-03-06 09:15:23", status=1, punch=0),
    PunchRow("0012", "2026-03-06 17:30:45", status=15, punch=1),
]


def configured(folder: Path, text: str) -> Config:
    path = folder / "edge.toml"
    path.write_text(text)
    return load_config(path)


@pytest.fixture
def woken() -> list[str]:
    return []


@pytest.fixture
def receiver(tmp_path: Path, outbox: Outbox, woken: list[str]) -> Iterator[httpx.Client]:
    yield from serving(configured(tmp_path, CALLER), outbox, woken)


def serving(config: Config, outbox: Outbox, woken: list[str]) -> Iterator[httpx.Client]:
    assert config.push is not None
    app = PushReceiver(config, outbox, lambda: woken.append("up")).app()
    server = LocalServer(config.push, app, name="push", tells_time=False)
    server.start()
    with httpx.Client(base_url=server.url, params={"SN": SERIAL}) as client:
        yield client
    server.stop()


def upload(client: httpx.Client, content: str | bytes, **query: str) -> httpx.Response:
    query = {"table": "ATTLOG", "Stamp": "9999", **query}
    return client.post("/iclock/cdata", params=query, content=content)


def test_an_upload_is_confirmed_once_its_punches_wait_on_disk(
    receiver: httpx.Client, outbox: Outbox, woken: list[str]
) -> None:
    answer = upload(receiver, LINES)

    assert (answer.status_code, answer.text) == (200, "OK: 2")
    assert [(one.device_id, one.row) for one in outbox.queued(9)] == [
        ("yard", PUNCHES[0]),
        ("yard", PUNCHES[1]),
    ]
    assert woken


def test_an_upload_sent_again_is_confirmed_again_and_adds_nothing(
    receiver: httpx.Client, outbox: Outbox
) -> None:
    answers = [upload(receiver, LINES).text for _ in range(3)]

    assert answers == ["OK: 2"] * 3
    assert len(outbox.queued(9)) == 2


def test_a_line_that_says_nothing_is_set_aside_with_its_bytes_and_the_others_are_kept(
    receiver: httpx.Client, outbox: Outbox
) -> None:
    body = b"\xff\xfe\t2026-03-06 09:00:00\t0\t1\r\n7\tyesterday\t0\t1\r\n\r\n" + LINES.encode()

    answer = upload(receiver, body)

    assert answer.text == "OK: 4"
    assert len(outbox.queued(9)) == 2
    assert outbox.summary().quarantined == 2


def test_a_short_line_of_an_old_terminal_is_a_punch_without_a_state(
    receiver: httpx.Client, outbox: Outbox
) -> None:
    upload(receiver, "5\t2026-03-06 09:15:23")

    assert outbox.queued(9)[0].row == PunchRow("5", "2026-03-06 09:15:23", status=0, punch=255)


@pytest.mark.parametrize("serial_number", ["", "CQZ7230961349"])
def test_a_terminal_that_is_not_known_is_refused_and_keeps_what_it_has(
    receiver: httpx.Client, outbox: Outbox, serial_number: str
) -> None:
    answers = [
        upload(receiver, LINES, SN=serial_number),
        receiver.get("/iclock/cdata", params={"SN": serial_number, "options": "all"}),
        receiver.get("/iclock/getrequest", params={"SN": serial_number}),
    ]

    assert [one.status_code for one in answers] == [403] * 3
    assert not outbox.queued(9)


def test_the_greeting_asks_for_punches_only_and_says_where_to_go_on(
    receiver: httpx.Client,
) -> None:
    def stamp() -> str:
        lines = receiver.get("/iclock/cdata", params={"options": "all"}).text.splitlines()
        assert lines[0] == f"GET OPTION FROM: {SERIAL}"
        options = dict(line.split("=", 1) for line in lines[1:])
        assert options["TransFlag"] == "1000000000"
        assert not {"TimeZone", "DateTime"} & set(options)
        return options["ATTLOGStamp"]

    first = stamp()
    upload(receiver, LINES, Stamp="82983982")

    assert (first, stamp()) == ("0", "82983982")


def test_no_command_is_ever_given_and_other_tables_are_let_go(
    receiver: httpx.Client, outbox: Outbox
) -> None:
    answers = [
        receiver.get("/iclock/getrequest"),
        receiver.post("/iclock/getrequest"),
        receiver.get("/iclock/devicecmd"),
        receiver.post("/iclock/devicecmd", content="ID=1&Return=0&CMD=DATA"),
        upload(receiver, "FP PIN=1\tFID=0\tTMP=secret", table="OPERLOG"),
    ]

    assert [one.text for one in answers] == ["OK"] * 5
    assert not outbox.queued(9)


def test_no_answer_tells_the_time_by_which_a_terminal_would_set_its_clock(
    receiver: httpx.Client,
) -> None:
    host, port = receiver.base_url.host, receiver.base_url.port
    connection = http.client.HTTPConnection(host, port)
    connection.request("GET", f"/iclock/getrequest?SN={SERIAL}")
    answer = connection.getresponse()
    connection.close()

    assert answer.status == 200
    assert answer.getheader("Date") is None


def test_an_upload_without_end_is_cut_off(receiver: httpx.Client, outbox: Outbox) -> None:
    line = b"5\t2026-03-06 09:15:23\t0\t1\n"

    answer = upload(receiver, line * (9 * (1 << 20) // len(line)))

    assert answer.status_code == 413
    assert not outbox.queued(9)


def test_a_line_that_breaks_in_the_middle_of_an_upload_is_no_trouble_of_ours(
    receiver: httpx.Client, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = receiver.base_url.host, receiver.base_url.port
    assert port is not None
    with socket.create_connection((host, port)) as terminal:
        terminal.sendall(
            f"POST /iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9 HTTP/1.1\r\nHost: x\r\n"
            f"Content-Length: 5000\r\n\r\n{LINES}".encode()
        )
        terminal.shutdown(socket.SHUT_WR)
        while terminal.recv(1000):
            continue

    assert upload(receiver, LINES).text == "OK: 2", "it goes on"
    assert len(outbox.queued(9)) == 2
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


def test_an_upload_that_never_ends_is_given_up(
    receiver: httpx.Client, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push_app, "UPLOAD_SECONDS", 0.2)
    connection = http.client.HTTPConnection(receiver.base_url.host, receiver.base_url.port)
    connection.putrequest("POST", f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9")
    connection.putheader("Content-Length", "5000")
    connection.endheaders(LINES.encode())
    answer = connection.getresponse()
    connection.close()

    assert answer.status == 408
    assert not outbox.queued(9)


def test_an_upload_of_nothing_does_not_move_the_mark(receiver: httpx.Client) -> None:
    assert upload(receiver, "", Stamp="777").text == "OK: 0"
    greeting = receiver.get("/iclock/cdata", params={"options": "all"}).text

    assert "ATTLOGStamp=0" in greeting.splitlines()


def test_on_a_full_disk_nothing_is_confirmed_and_the_terminal_is_asked_to_come_again(
    receiver: httpx.Client, outbox: Outbox
) -> None:
    many = "".join(f"{n}\t2026-03-06 09:15:23\t0\t1\n" for n in range(3_000))
    database = outbox._writer._db
    database.execute("PRAGMA max_page_count=1")
    refused = upload(receiver, many)
    called = receiver.get("/iclock/getrequest")
    database.execute("PRAGMA max_page_count=1000000")

    assert (refused.status_code, called.status_code) == (503, 200)
    assert upload(receiver, many).text == "OK: 3000"


def test_a_terminal_with_an_address_may_call_from_there_only(
    tmp_path: Path, outbox: Outbox, woken: list[str]
) -> None:
    elsewhere = CALLER.replace('id = "yard"', 'id = "yard"\naddress = "192.0.2.7"')
    for client in serving(configured(tmp_path, elsewhere), outbox, woken):
        assert upload(client, LINES).status_code == 403
    here = elsewhere.replace("192.0.2.7", "127.0.0.1")
    for client in serving(configured(tmp_path, here), outbox, woken):
        assert upload(client, LINES).status_code == 200


def test_a_call_is_contact_but_promises_nothing(receiver: httpx.Client, outbox: Outbox) -> None:
    receiver.get("/iclock/getrequest")

    state = outbox.device("yard")

    assert state.ok
    assert state.attempted_at is not None
    assert state.watermark is None


def test_without_a_listener_or_a_serial_number_an_address_is_required(tmp_path: Path) -> None:
    for text in (
        CALLER.replace('listen = "127.0.0.1:0"', 'listen = ""'),
        CALLER.replace(f'serial_number = "{SERIAL}"', 'serial_number = ""'),
    ):
        with pytest.raises(ConfigError, match=r"device\[1\]\.address: is missing"):
            configured(tmp_path, text)
