"""What talking to the table costs the client, over TLS, beside a default boto3 client.

The table is a stub in a process of its own, so that this process's CPU is the client's alone.
"""

import os
import shutil
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3
import botocore
import pytest
from botocore.session import Session

from attendance.adapters.items.base import TableItem, bind_table
from attendance.adapters.table import Table
from local.slim import keep_roots_of_aws
from tests.bench.figure import Figure
from tests.bench.tls_table import PAGE, handshakes, tls_table
from tests.certificate import make_certificate
from tests.conftest import forget_connections, set_environment

REQUESTS = 1000
ROUNDS, CALLS = 15, 20
RECONNECTS = 5
KEY = ("C#acme", "S#00000")
CACERT = Path(botocore.__file__).with_name("cacert.pem")


def measure() -> Iterator[Figure]:
    """Handshakes of a thousand calls, the price of a new one, and of a page of 25 rows."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        certificate = str(make_certificate(Path(folder)))
        port = stack.enter_context(tls_table(certificate))
        environment = stack.enter_context(pytest.MonkeyPatch.context())
        name = set_environment(environment)
        environment.setenv("AWS_ENDPOINT_URL", f"https://127.0.0.1:{port}")
        environment.setenv("AWS_CA_BUNDLE", str(_bundle(Path(folder), "all", certificate)))
        default = boto3.session.Session().client("dynamodb")
        environment.setenv("AWS_CA_BUNDLE", str(_bundle(Path(folder), "aws", certificate)))
        forget_connections()
        bind_table(name, "us-east-1")
        trust = ssl.create_default_context(cafile=certificate)
        yield from _handshakes(port, trust)
        yield from _reconnects(default, name)
        yield from _pages(default, name)
        forget_connections()


def _handshakes(port: int, trust: ssl.SSLContext) -> Iterator[Figure]:
    table, made = Table(), []
    before = handshakes(port, trust) + 1

    def counted(*given: Any, **options: Any) -> Any:
        made.append(given[1:])
        return create(*given, **options)

    create = Session.create_client
    with patch.object(Session, "create_client", counted):
        for _ in range(REQUESTS):
            assert table.peek(KEY) is not None
    count = handshakes(port, trust) - before
    name = f"TLS handshakes of {REQUESTS} calls"
    yield Figure(name=name, value=count, unit="handshakes", at_most=1)
    yield Figure(name=f"clients made by {REQUESTS} calls", value=len(made), unit="", at_most=1)


def _reconnects(default: Any, name: str) -> Iterator[Figure]:
    raw = {"pk": {"S": KEY[0]}, "sk": {"S": KEY[1]}}
    own = TableItem._get_connection().connection.client
    get = {"TableName": name, "Key": raw}
    took = _cpu(
        {
            "ours, kept": lambda: own.get_item(**get),
            "ours, new": lambda: _anew(own).get_item(**get),
            "boto3, kept": lambda: default.get_item(**get),
            "boto3, new": lambda: _anew(default).get_item(**get),
        },
        calls=RECONNECTS,
    )
    what = "a call on a new connection / on a kept one"
    theirs = took["boto3, new"] / took["boto3, kept"]
    ratio = took["ours, new"] / took["ours, kept"]
    yield Figure(name=what, value=ratio, unit="x CPU", at_most=4, peer=theirs)


def _pages(default: Any, name: str) -> Iterator[Figure]:
    table = Table()
    query = {
        "TableName": name,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": KEY[0]}},
        "Limit": PAGE,
    }
    assert len(table.query(KEY[0], limit=PAGE).items) == PAGE
    took = _cpu(
        {"ours": lambda: table.query(KEY[0], limit=PAGE), "boto3": lambda: default.query(**query)}
    )
    name = f"reading a page of {PAGE} / a default boto3 client"
    yield Figure(name=name, value=took["ours"] / took["boto3"], unit="x CPU", at_most=0.6)


def _anew(client: Any) -> Any:
    """The client, whose connection has gone meanwhile."""
    pools = client._endpoint.http_session._manager.pools
    for place in pools.keys():  # noqa: SIM118 - it has no other way to be walked through
        pool = pools.get(place)
        connection = pool._get_conn()
        connection.close()
        pool._put_conn(connection)
    return client


def _cpu(arms: Mapping[str, Callable[[], Any]], calls: int = CALLS) -> dict[str, float]:
    """The least CPU seconds of a call: others on the machine only ever add to it."""
    took: dict[str, list[float]] = {name: [] for name in arms}
    for _ in range(ROUNDS):
        for name, call in arms.items():
            began = time.process_time()
            for _ in range(calls):
                call()
            took[name].append((time.process_time() - began) / calls)
    return {name: min(seconds) for name, seconds in took.items()}


def _bundle(folder: Path, name: str, certificate: str) -> Path:
    """The roots of a default client, or with `aws` those of the artifact; the stub's beside."""
    path = folder / f"{name}.pem"
    shutil.copyfile(CACERT, path)
    if name == "aws":
        keep_roots_of_aws(path)
    own = Path(certificate).read_text().partition("-----BEGIN CERTIFICATE-----")
    path.write_text(path.read_text() + os.linesep + own[1] + own[2])
    return path


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} {figure.bound}")
