"""`python -m tests.bench.far_service`: a service as far away as told, in a process of its own.

It answers every batch with a receipt for all its rows and stores nothing: it stands for the
network and for the time that a service takes, not for its work.
"""

import asyncio
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.relay import Relay

FOLDER = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Far:
    """Seconds of a round trip, and of the service's work for one punch and for a batch."""

    round_trip: float = 0.0
    one_punch: float = 0.0
    batch: float = 0.0
    certificate: str = ""


async def serve(far: Far) -> None:
    """Print the port, then answer until killed."""
    context = None
    if far.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(far.certificate)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                await _answer(far, reader, writer)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    relay = Relay(server.sockets[0].getsockname()[1], far.round_trip)
    print(await relay.listen(), flush=True)
    await server.serve_forever()


async def _answer(far: Far, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.splitlines()[1:] if line)
    body = json.loads(await reader.readexactly(int(fields[b"content-length"])))
    rows = len(body["punches"])
    await asyncio.sleep(far.batch if rows > 1 else far.one_punch)
    now = datetime.now(UTC).isoformat()
    receipt = {"accepted": rows, "duplicates": 0, "rejected": [], "serverTime": now}
    content = json.dumps(receipt).encode()
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (len(content), content)
    )
    await writer.drain()


@contextmanager
def far_service(far: Far) -> Iterator[int]:
    """Its port, while it runs."""
    command = [sys.executable, "-m", "tests.bench.far_service", json.dumps(asdict(far))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=FOLDER) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(serve(Far(**json.loads(sys.argv[1]))))
