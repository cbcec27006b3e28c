"""`python -m tests.bench.tls_table CERTIFICATE`: a table behind TLS, in a process of its own.

It answers every call at once and holds nothing: a get with an item, a query with a page of 25,
and a GET with how many handshakes there were.
"""

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2]
PAGE = 25


def an_item(number: int) -> dict[str, Any]:
    """A raw item as a list holds it: sixteen attributes, one of them a list."""
    texts = {f"name{n}": {"S": f"value {n} of row {number}"} for n in range(10)}
    numbers = {f"number{n}": {"N": str(number + n)} for n in range(3)}
    keys = {"pk": {"S": "C#acme"}, "sk": {"S": f"S#{number:05d}"}}
    return {**keys, **texts, **numbers, "history": {"L": [{"S": "one"}, {"S": "two"}]}}


ANSWERS = {
    "GetItem": {"Item": an_item(0)},
    "Query": {"Items": [an_item(number) for number in range(PAGE)], "Count": PAGE},
}
CONTENT = {name: json.dumps(answer).encode() for name, answer in ANSWERS.items()}


class Server(ThreadingHTTPServer):
    """Counts the handshakes."""

    handshakes = 0

    def __init__(self, certificate: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(certificate)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Shake hands in the connection's own thread, then answer on it until it ends."""
        with self._context.wrap_socket(request, server_side=True) as secure:
            self.handshakes += 1
            super().finish_request(secure, client_address)


class Handler(BaseHTTPRequestHandler):
    """Keeps its connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """A call of the table."""
        self.rfile.read(int(self.headers["content-length"]))
        self._answer(CONTENT[self.headers["x-amz-target"].rpartition(".")[2]])

    def do_GET(self) -> None:
        """How many handshakes there were before this one."""
        assert isinstance(self.server, Server)
        self._answer(str(self.server.handshakes - 1).encode())

    def _answer(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def tls_table(certificate: str) -> Iterator[int]:
    """Its port, while it runs."""
    command = [sys.executable, "-m", "tests.bench.tls_table", certificate]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=FOLDER) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def handshakes(port: int, trust: ssl.SSLContext) -> int:
    """How many there were until now, without the one of asking."""
    connection = HTTPSConnection("127.0.0.1", port, context=trust)
    connection.request("GET", "/")
    counted = int(connection.getresponse().read())
    connection.close()
    return counted


if __name__ == "__main__":
    with Server(sys.argv[1]) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
