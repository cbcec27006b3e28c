"""A wire to the table that fails as wires do: real sockets, cut after the commit or before."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

WRITES = {"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"}
FINE, LOST, THROTTLED, CONFLICT = "fine", "lost", "throttled", "conflict"
Fate = Callable[[str, dict[str, Any]], str]


def always_fine(_operation: str, _request: dict[str, Any]) -> str:
    """No faults."""
    return FINE


class LossyWire(ThreadingHTTPServer):
    """Stands between the SDK and the engine; `fate` is asked for every write."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, engine_url: str) -> None:
        super().__init__(("127.0.0.1", 0), _Hop)
        self.engine = urlsplit(engine_url).netloc
        self.fate: Fate = always_fine
        self.before_the_cut: Callable[[dict[str, Any]], None] = lambda _request: None
        self.fired: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """Where the SDK finds it."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fate_of(self, operation: str, body: bytes) -> str:
        """What becomes of a request; counted."""
        if operation not in WRITES:
            return FINE
        with self._lock:
            fate = self.fate(operation, json.loads(body))
            self.fired[fate] += 1
        return fate

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what this is for."""


class _Hop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: LossyWire

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
        fate = self.server.fate_of(operation, body)
        if fate == THROTTLED:
            self._refuse({"__type": "ProvisionedThroughputExceededException"})
        elif fate == CONFLICT:
            self._refuse(_conflict(operation, body))
        else:
            status, headers, content = self._forward(body)
            if fate == LOST:
                self.server.before_the_cut(json.loads(body))
                self.close_connection = True
                return
            self._answer(status, headers, content)

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection(self.server.engine, timeout=30)
        try:
            connection.request("POST", self.path, body, dict(self.headers))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def _refuse(self, problem: dict[str, Any]) -> None:
        content = json.dumps({"message": "a fault of the test", **problem}).encode()
        self._answer(400, {"Content-Type": "application/x-amz-json-1.0"}, content)

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


def _conflict(operation: str, body: bytes) -> dict[str, Any]:
    if operation != "TransactWriteItems":
        return {"__type": "TransactionConflictException"}
    parts = json.loads(body)["TransactItems"]
    reasons = [{"Code": "None"} for _ in parts]
    reasons[-1] = {"Code": "TransactionConflict", "Message": "a fault of the test"}
    return {"__type": "TransactionCanceledException", "CancellationReasons": reasons}


@contextmanager
def lossy_wire(engine_url: str) -> Iterator[LossyWire]:
    """A running wire."""
    wire = LossyWire(engine_url)
    thread = threading.Thread(target=wire.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield wire
    finally:
        wire.shutdown()
        wire.server_close()
        thread.join()
