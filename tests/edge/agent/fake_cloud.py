"""The service on a loopback socket, as strict as the real one, with faults to order."""

from __future__ import annotations

import base64
import json
import socket
import struct
import threading
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from attendance.adapters.agent_signature import BadSignatureError, SignedMessage, verify_signature

if TYPE_CHECKING:
    from collections.abc import Callable

Row = dict[str, Any]
IDENTITY = ("device_id", "user_id", "timestamp", "status", "punch")


class Ledger:
    """Stores punches by identity, and says so in a receipt."""

    def __init__(self) -> None:
        self.stored: dict[tuple[Any, ...], Row] = {}
        self.batches: list[dict[str, Any]] = []
        self.reject: Callable[[Row], str | None] = lambda _row: None
        self.lock = threading.Lock()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def key_of(self, row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in IDENTITY)

    def _store(self, batch: dict[str, Any]) -> dict[str, Any]:
        assert len(batch["punches"]) <= 1000
        self.batches.append(batch)
        accepted = duplicates = 0
        rejected = []
        for index, row in enumerate(batch["punches"]):
            key = self.key_of(row)
            if reason := self.reject(row):
                rejected.append({"index": index, "reason": reason})
            elif key in self.stored:
                duplicates += 1
            else:
                self.stored[key] = row
                accepted += 1
        return {
            "accepted": accepted,
            "duplicates": duplicates,
            "rejected": rejected,
            "serverTime": self.now().isoformat(),
        }


class FakeCloud(Ledger):
    """`faults` holds what happens to the next requests, in order; each is called with the
    handler and the answer that would have been given."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, bytes] = {}
        self.codes: dict[str, str] = {}
        self.nonces: set[str] = set()
        self.log: list[tuple[str, Any]] = []
        self.faults: deque[Callable[[Handler, int, bytes], None]] = deque()
        self.requests = 0
        self.most_at_once = 0
        self.at_once = 0
        self.answer_seconds = 0.0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.cloud = self  # type: ignore[attr-defined]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def watermarks(self) -> dict[str, str]:
        """The newest promise for each device."""
        with self.lock:
            return {
                report["device_id"]: report["watermark"]
                for batch in self.batches
                for report in batch["devices"]
                if report.get("watermark")
            }

    def reports(self, device_id: str) -> list[dict[str, Any]]:
        with self.lock:
            return [
                report
                for batch in self.batches
                for report in batch["devices"]
                if report["device_id"] == device_id
            ]

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        if (method, path) == ("POST", "/v1/agents/enroll"):
            return self._enroll(json.loads(body))
        if (method, path) != ("POST", "/v1/punches"):
            return 404, {"message": "no such route"}
        message = SignedMessage(
            method=method, url=f"{self.url}{path}", headers=dict(headers), body=body
        )
        try:
            signature = verify_signature(message, self.keys.get)
        except BadSignatureError as error:
            return 401, {"message": str(error), "serverTime": self.now().isoformat()}
        with self.lock:
            if signature.nonce in self.nonces:
                return 401, {"message": "nonce", "serverTime": self.now().isoformat()}
            self.nonces.add(signature.nonce)
            return 200, self._store(json.loads(body))

    def _enroll(self, asked: dict[str, str]) -> tuple[int, Any]:
        agent_id = self.codes.pop(asked["enrollmentCode"], None)
        if agent_id is None:
            return 401, {"message": "The code is unknown, used or expired."}
        self.keys[agent_id] = base64.urlsafe_b64decode(asked["publicKey"] + "=")
        self.log.append(("enrolled", asked))
        now = self.now().isoformat()
        return 200, {"agentId": agent_id, "companyId": "acme", "serverTime": now}


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        cloud: FakeCloud = self.server.cloud  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with cloud.lock:
            cloud.requests += 1
            cloud.at_once += 1
            cloud.most_at_once = max(cloud.most_at_once, cloud.at_once)
            fault = cloud.faults.popleft() if cloud.faults else None
        try:
            if fault is not None and getattr(fault, "before", False):
                fault(self, 0, b"")
                return
            time.sleep(cloud.answer_seconds)
            status, answer = cloud.answer("POST", self.path, self.headers, body)
            content = json.dumps(answer).encode()
            (fault or Handler.say)(self, status, content)
        finally:
            with cloud.lock:
                cloud.at_once -= 1

    def drip(self, status: int, content: bytes, seconds: float) -> None:
        """An answer that comes byte by byte, so many seconds apart."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.close_connection = True
        with suppress(OSError):
            for at in range(len(content)):
                self.wfile.write(content[at : at + 1])
                self.wfile.flush()
                time.sleep(seconds)

    def say(
        self, status: int, content: bytes, kind: str = "application/json", **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def hang_up(self) -> None:
        """Reset the connection."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_args: Any) -> None:
        """Silence."""
