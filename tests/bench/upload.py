"""Handing over 30 terminals' thousand punches each over a long wire, beside one post a punch.

The peer is as fast as its way allows: a new connection and one punch a request, in sequence,
without a disk. Ours reads from the outbox, signs, and takes out what the receipts name.
"""

import http.client
import json
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance_edge.outbox import Outbox, PunchRow, StoredReading
from attendance_edge.uplink import AgentIdentity, Cloud, Uplink
from attendance_edge.uplink.server_clock import ServerClock
from tests.bench.far_service import Far, far_service
from tests.bench.figure import Figure
from tests.certificate import make_certificate

ROUND_TRIP_SECONDS = 0.05
TERMINALS, PUNCHES = 30, 1000
POSTS = 45
VARIANTS = {
    "the service takes no time": Far(round_trip=ROUND_TRIP_SECONDS),
    "30 ms a punch, 300 ms a batch": Far(round_trip=ROUND_TRIP_SECONDS, one_punch=0.03, batch=0.3),
}


def measure(posts: int = POSTS) -> Iterator[Figure]:
    """Both over TLS, at a round trip of 50 ms."""
    for how, far in VARIANTS.items():
        ours, theirs = compare(far, posts)
        yield Figure(name=f"upload of {TERMINALS} x {PUNCHES} punches, {how}", value=ours, unit="s")
        name = f"one connection and post a punch / ours, {how}"
        yield Figure(name=name, value=theirs / ours, unit="x", at_least=1000)


def compare(far: Far, posts: int = POSTS) -> tuple[float, float]:
    """Seconds that ours and the peer take; the peer's follow from a few posts."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        certificate = str(make_certificate(folder))
        trust = ssl.create_default_context(cafile=certificate)
        far = Far(**{**far.__dict__, "certificate": certificate})
        port = stack.enter_context(far_service(far))
        theirs = _peer(port, trust, posts) / posts * TERMINALS * PUNCHES
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(httpx, "Client", partial(httpx.Client, verify=trust))
        return _ours(folder, f"https://127.0.0.1:{port}"), theirs


def _peer(port: int, trust: ssl.SSLContext, posts: int) -> float:
    body = json.dumps({"punches": [{"user_id": "1", "timestamp": "2026-03-06 09:00:00"}]})
    began = perf_counter()
    for _ in range(posts):
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=trust)
        connection.request("POST", "/", body)
        assert connection.getresponse().read()
        connection.close()
    return perf_counter() - began


def _ours(folder: Path, url: str) -> float:
    identity = AgentIdentity(
        agent_id="bench", company_id="bench", url=url, key=Ed25519PrivateKey.generate()
    )
    clock = ServerClock()
    with Outbox(folder / "state") as outbox, Cloud(url, identity, clock=clock) as cloud:
        for number in range(TERMINALS):
            outbox.store(_reading(number))
        began = perf_counter()
        handover = Uplink(outbox, cloud, {}, clock).hand_over()
        took = perf_counter() - began
        assert (handover.accepted, handover.error) == (TERMINALS * PUNCHES, None)
        assert outbox.summary().queued == 0
    return took


def _reading(number: int) -> StoredReading:
    first = datetime(2026, 3, 6, 6)
    rows = tuple(
        PunchRow(str(n % 50 + 1), f"{first + timedelta(seconds=n)}", 1, 0) for n in range(PUNCHES)
    )
    return StoredReading(device_id=f"t{number}", read_at="2026-03-06T15:00:00.000Z", punches=rows)
