"""A real DynamoDB engine for tests: one process a session, one fresh table a test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.loaders import JSONFileLoader, Loader

from attendance.adapters.items.listed import LISTED
from local.ports import free_ports

TABLE_KEYS = {
    "byList": ("listPk", "listSk"),
    "byGroup": ("groupPk", "groupSk"),
    "byDue": ("duePk", "dueSk"),
}


def free_port() -> int:
    """A port that nobody has, and that no outgoing connection will take."""
    return free_ports(1)[0]


@pytest.fixture(scope="session")
def engine_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The local engine, on loopback, forgotten at the end of the session."""
    with running_engine(tmp_path_factory.mktemp("engine")) as url:
        yield url


@contextmanager
def running_engine(home: Path) -> Iterator[str]:
    """The address of a local engine that keeps its things in `home`."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
    with (home / "engine.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], env=environment, stdout=log, stderr=log, cwd=home
        )
    try:
        _wait_for(port, process, home / "engine.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the engine ended: {log.read_text()[-2000:]}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.2):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"the engine did not answer: {log.read_text()[-2000:]}")


def aws_client(service: str, url: str):
    """A client of the local engine, or of moto when `url` is empty."""
    return _session().create_client(
        service,
        region_name="us-east-1",
        endpoint_url=url or None,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()


@pytest.fixture(scope="session", autouse=True)
def _sdk_data_is_read_once() -> Iterator[None]:
    """Every fresh table has fresh clients; what the SDK knows of services is the same for all."""
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((JSONFileLoader, "load_file"), (Loader, "list_available_services")):
            patch.setattr(owner, name, _told_once(getattr(owner, name)))
        yield


def _told_once(ask: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    known: dict[str, Any] = {}

    def tell(self: Any, what: str) -> Any:
        if what not in known:
            known[what] = ask(self, what)
        return known[what]

    return tell


def create_table(client, name: str) -> None:
    """The table as template.yaml declares it."""
    names = ["pk", "sk", *(n for pair in TABLE_KEYS.values() for n in pair)]
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in names],
        KeySchema=_schema("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": _schema(*pair),
                "Projection": _projection(index),
            }
            for index, pair in TABLE_KEYS.items()
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )


def _projection(index: str) -> dict[str, Any]:
    if index == "byList":
        return {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(LISTED)}
    return {"ProjectionType": "KEYS_ONLY"}


def _schema(hash_key: str, range_key: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": hash_key, "KeyType": "HASH"},
        {"AttributeName": range_key, "KeyType": "RANGE"},
    ]
