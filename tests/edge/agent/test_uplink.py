"""Handing over to a real server that answers every fault: nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from attendance_edge.config import Config
from attendance_edge.instants import from_iso, to_iso
from attendance_edge.outbox import Outbox, peek
from attendance_edge.uplink import (
    AgentIdentity,
    Cloud,
    CloudRefusedError,
    CloudUnreachableError,
    Uplink,
    answer,
)
from attendance_edge.uplink.backoff import Backoff
from attendance_edge.uplink.server_clock import ServerClock
from tests.edge.agent.fake_cloud import FakeCloud, Handler
from tests.edge.agent.sites import punches, reading, site
from tests.edge.agent.test_outbox import KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def config(tmp_path: Path, cloud: FakeCloud) -> Config:
    return site(tmp_path, cloud.url, {"gate": 4370, "door": 4371})


@pytest.fixture
def clock() -> ServerClock:
    return ServerClock()


@pytest.fixture
def uplink(
    config: Config, outbox: Outbox, identity: AgentIdentity, clock: ServerClock
) -> Iterator[Uplink]:
    with Cloud(config.cloud_url, identity, clock=clock) as connection:
        yield Uplink(outbox, connection, {d.id: d for d in config.devices}, clock)


def test_everything_queued_arrives_in_batches_of_a_thousand(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    cloud.answer_seconds = 0.1
    outbox.store(reading("gate", punches(6500)))
    handover = uplink.hand_over()
    assert (handover.accepted, handover.duplicates, handover.error) == (6500, 0, None)
    assert len(cloud.stored) == 6500
    assert outbox.summary().queued == 0
    assert 2 <= cloud.most_at_once <= 4


def test_a_batch_carries_its_terminals_as_they_were_read(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    early, late = "2026-03-06T15:00:30.000Z", "2026-03-06T19:00:30.000Z"
    outbox.store(reading("gate", punches(2), read_at=early, known=KNOWN))
    outbox.store(reading("gate", punches(2, first=2), read_at=late, known=KNOWN))
    uplink.hand_over()
    sent = [(len(b["punches"]), b["devices"][0]["read_at"][:16]) for b in cloud.batches]
    assert sorted(sent) == [(0, late[:16]), (2, early[:16]), (2, late[:16])]


def test_a_watermark_is_sent_only_once_nothing_older_waits(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    outbox.store(reading("gate", punches(3), known=KNOWN))
    cloud.faults.append(says(503, b"{}"))
    assert uplink.hand_over().error is not None
    assert cloud.watermarks() == {}
    uplink.hand_over()
    with_punches = [b for b in cloud.batches if b["punches"]]
    assert all("watermark" not in r for b in with_punches for r in b["devices"])
    assert cloud.watermarks()["gate"].startswith("2026-03-06T15:15:")


def test_reports_travel_without_punches_too(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    outbox.store_failure("door", "nothing answers", "2026-03-06T16:00:00.000Z")
    assert uplink.hand_over().error is None
    (report,) = cloud.reports("door")
    assert (report["ok"], report["error"], report["device_name"]) == (
        False,
        "nothing answers",
        "Door door",
    )
    assert report["timezone"] == "America/Mexico_City"


def test_a_row_refused_by_index_is_named_and_never_sent_again(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    outbox.store(reading("gate", punches(10)))
    bad = outbox.queued(10)[3].row
    cloud.reject = lambda row: "malformed" if row["timestamp"] == bad.timestamp else None
    handover = uplink.hand_over()
    assert (handover.accepted, handover.rejected) == (9, 1)
    glimpse = peek(outbox.state_dir)
    assert glimpse is not None
    assert [(one.row, one.reason) for one in glimpse.rejected] == [(bad, "malformed")]
    assert uplink.hand_over().rejected == 0


def test_punches_of_a_terminal_that_was_another_agents_arrive_once_it_is_ours(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.store(reading("gate", punches(10)))
    cloud.reject = lambda row: "foreignDevice"
    assert uplink.hand_over().rejected == 10
    assert uplink.hand_over().rejected == 0
    monkeypatch.setattr("attendance_edge.uplink.uplink.TRY_AGAIN_AFTER", timedelta(0))
    assert uplink.hand_over().rejected == 10
    cloud.reject = lambda row: None
    assert uplink.hand_over().accepted == 10
    assert len(cloud.stored) == 10
    assert outbox.summary().rejected == 0


def says(status: int, content: bytes, **headers: str) -> Callable[[Handler, int, bytes], None]:
    """An answer in the service's place; the request is lost."""

    def fault(handler: Handler, _status: int, _content: bytes) -> None:
        handler.say(status, content, **headers)

    fault.before = True  # type: ignore[attr-defined]
    return fault


def spoils(change: Callable[[dict[str, Any]], Any]) -> Callable[[Handler, int, bytes], None]:
    """The request is stored and its receipt changed on the way back."""

    def fault(handler: Handler, status: int, content: bytes) -> None:
        handler.say(status, json.dumps(change(json.loads(content))).encode())

    return fault


def cuts_the_answer(handler: Handler, status: int, content: bytes) -> None:
    handler.say(status, content[: len(content) // 2])


def ends_before_its_length(handler: Handler, status: int, content: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content) + 10))
    handler.end_headers()
    handler.wfile.write(content)
    handler.close_connection = True


def loses_the_answer(handler: Handler, _status: int, _content: bytes) -> None:
    handler.hang_up()


def hangs(handler: Handler, _status: int, _content: bytes) -> None:
    time.sleep(0.6)
    handler.hang_up()


def drips(handler: Handler, status: int, content: bytes) -> None:
    handler.drip(status, content, 0.05)


HTML = b"<html>Please log in to the hotel network</html>"
FAULTS = {
    "a page of a hotel with status 200": says(200, HTML),
    "an empty 200": says(200, b""),
    "a receipt cut in half": cuts_the_answer,
    "a body shorter than its length": ends_before_its_length,
    "an answer lost after it was stored": loses_the_answer,
    "no answer in time": hangs,
    "an answer that drips for ever": drips,
    "400": says(400, b'{"message": "no"}'),
    "401 without a time": says(401, b'{"message": "who are you"}'),
    "403": says(403, b"{}"),
    "404": says(404, b"not here"),
    "413": says(413, b""),
    "429": says(429, b"{}", Retry_After="7"),
    "500": says(500, b"\xff\xfe"),
    "502": says(502, HTML),
    "503": says(503, b"{}"),
    "a redirect": says(307, b"", Location="http://127.0.0.1:9/"),
    "a receipt that counts too few": spoils(lambda r: {**r, "accepted": r["accepted"] - 1}),
    "a receipt that counts too many": spoils(lambda r: {**r, "accepted": r["accepted"] + 1}),
    "a receipt that refuses a row nobody sent": spoils(
        lambda r: {**r, "accepted": 4, "rejected": [{"index": 5, "reason": "x"}]}
    ),
    "a receipt that names a row twice": spoils(
        lambda r: {**r, "accepted": 3, "rejected": [{"index": 0, "reason": "x"}] * 2}
    ),
    "a receipt with words for numbers": spoils(lambda r: {**r, "accepted": "5"}),
    "a receipt with true for a number": spoils(lambda r: {**r, "accepted": 4, "duplicates": True}),
    "a receipt that is a list": spoils(lambda r: [r]),
    "deeply nested nonsense": says(200, b"[" * 100_000),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_after_any_fault_every_row_is_kept_and_then_arrives_once(
    fault: Callable[[Handler, int, bytes], None],
    uplink: Uplink,
    outbox: Outbox,
    cloud: FakeCloud,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer, "WHOLE_ANSWER_SECONDS", 0.3)
    uplink._cloud._http.timeout = 0.4
    outbox.store(reading("gate", punches(5)))
    cloud.faults.append(fault)
    first = uplink.hand_over()
    assert first.error is not None
    assert (first.accepted, outbox.summary().queued) == (0, 5)
    assert not cloud.faults, "the fault struck"
    second = uplink.hand_over()
    assert second.error is None
    assert second.accepted + second.duplicates == 5
    assert outbox.summary().queued == 0
    assert len(cloud.stored) == 5


def test_a_service_that_is_not_there_keeps_all(uplink: Uplink, outbox: Outbox) -> None:
    uplink._cloud._url = "http://127.0.0.1:9/v1/punches"
    outbox.store(reading("gate", punches(5)))
    error = uplink.hand_over().error
    assert isinstance(error, CloudUnreachableError)
    assert "127.0.0.1:9" in str(error)
    assert outbox.summary().queued == 5


def test_what_the_service_asks_to_wait_is_told(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    outbox.store(reading("gate", punches(1)))
    cloud.faults.append(FAULTS["429"])
    error = uplink.hand_over().error
    assert error is not None
    assert error.retry_after == 7
    assert not isinstance(error, CloudRefusedError)


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_wrong_clock_is_corrected_for_the_signature_by_the_answers_time(
    hours: int, uplink: Uplink, outbox: Outbox, cloud: FakeCloud, clock: ServerClock
) -> None:
    clock._now = lambda: datetime.now(UTC) - timedelta(hours=hours)
    ahead = hours * 3600.0
    read = reading(
        "gate",
        punches(5),
        read_at=to_iso(clock.now()),
        known=KNOWN,
        clock_offset_seconds=ahead,
    )
    outbox.store(read)
    assert uplink.hand_over().accepted == 5
    assert abs(clock.offset - timedelta(hours=hours)) < timedelta(seconds=5)
    (punches_batch, report_batch) = cloud.batches
    off = datetime.now(UTC) - from_iso(report_batch["devices"][0]["watermark"])
    assert timedelta(0) <= off < timedelta(seconds=10), "promised in the service's time"
    read_at = from_iso(punches_batch["devices"][0]["read_at"])
    assert abs(read_at - datetime.now(UTC)) < timedelta(seconds=10)


def test_a_terminal_whose_clock_is_behind_promises_less(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    outbox.store(reading("gate", punches(1), known=KNOWN, clock_offset_seconds=-600.0))
    outbox.store(reading("door", punches(1), known=KNOWN, clock_offset_seconds=600.0))
    uplink.hand_over()
    assert cloud.watermarks()["gate"].startswith("2026-03-06T15:05:")
    assert cloud.watermarks()["door"].startswith("2026-03-06T15:15:")


@pytest.mark.parametrize(
    ("shown", "promised"),
    [
        (datetime(2026, 6, 30, 23), "2026-07-01T03:00:"),
        (datetime(2025, 11, 2, 1, 30), "2025-11-02T05:30:"),
    ],
    ids=str,
)
def test_a_promise_holds_where_a_wrong_clock_is_on_the_other_side_of_summer_time(
    shown: datetime,
    promised: str,
    config: Config,
    outbox: Outbox,
    identity: AgentIdentity,
    cloud: FakeCloud,
) -> None:
    """The terminal is in New York's summer, or its last hour; this machine in a winter far away."""
    device = replace(config.devices[0], timezone="America/New_York")
    here = datetime(2098, 12, 31, 22)
    winter = datetime(2099, 1, 1, 3, tzinfo=UTC)
    ahead = (shown - here).total_seconds()
    outbox.store(
        reading("gate", punches(1), read_at=to_iso(winter), known=KNOWN, clock_offset_seconds=ahead)
    )
    with Cloud(config.cloud_url, identity, clock=ServerClock()) as connection:
        Uplink(outbox, connection, {"gate": device}, ServerClock()).hand_over()
    assert cloud.watermarks()["gate"].startswith(promised)


def test_a_stranger_is_refused_alike_and_keeps_his_rows(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    cloud.keys.clear()
    outbox.store(reading("gate", punches(5)))
    assert isinstance(uplink.hand_over().error, CloudRefusedError)
    assert outbox.summary().queued == 5


def test_some_batches_fail_and_the_others_are_done(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    outbox.store(reading("gate", punches(4000)))
    cloud.faults.extend([FAULTS["503"]])
    first = uplink.hand_over()
    assert (first.accepted, outbox.summary().queued) == (3000, 1000)
    assert uplink.hand_over().accepted == 1000
    assert len(cloud.stored) == 4000


def test_punches_that_come_while_handing_over_are_not_lost(
    uplink: Uplink, outbox: Outbox, cloud: FakeCloud
) -> None:
    done = threading.Event()

    def read() -> None:
        for start in range(0, 3000, 100):
            outbox.store(reading("gate", punches(100, first=start)))
        done.set()

    reader = threading.Thread(target=read)
    reader.start()
    accepted = 0
    while not done.is_set():
        accepted += uplink.hand_over().accepted
    reader.join()
    accepted += uplink.hand_over().accepted
    assert (accepted, len(cloud.stored), outbox.summary().queued) == (3000, 3000, 0)


def test_waiting_doubles_with_jitter_up_to_a_minute_and_honours_what_was_asked() -> None:
    backoff = Backoff()
    waits = [backoff.failed(None) for _ in range(12)]
    assert all(0.5 * min(60, 2**n) <= wait <= min(60, 2**n) for n, wait in enumerate(waits))
    assert backoff.failed(120.0) == 120.0
    assert backoff.failed(1e9) == 900.0
    backoff.succeeded()
    assert backoff.failed(None) <= 1.0
