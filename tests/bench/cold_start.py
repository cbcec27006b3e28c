"""How long a function takes to start, beside a bare Python and a naive one, round by round."""

import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from local.artifacts import DEPENDENCIES
from tests.accounts import service
from tests.artifact import build_artifact, compile_afresh, size_of, unpack_as_lambda
from tests.bench.figure import Figure
from tests.engine import running_engine
from tests.first_request import first_request

ROUNDS = 11
FORBIDDEN = {"aws_xray_sdk", "boto3", "s3transfer", "requests", "httpx", "jwt"}
"""What no function may load (performance.md section 8, requirement 1); PynamoDB is wanted."""

END = "\nimport os; os._exit(0)"  # Lambda never tears an interpreter down
NAIVE = """
import sys
sys.modules |= {"awscrt": None, "OpenSSL": None}  # here for other tools; a function has neither
import boto3, botocore.session, httpx, requests
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer
from aws_lambda_powertools.utilities.parameters import SSMProvider
from joserfc import jwk, jwt
from pydantic import BaseModel
from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model
region = {"region_name": "us-east-1"}
table = boto3.resource("dynamodb", **region).Table("t")
others = [boto3.client(name, **region) for name in ("dynamodb", "events", "sqs", "ssm")]
logger, metrics = Logger(service="naive"), Metrics(namespace="naive", service="naive")
kept = DynamoDBPersistenceLayer("t", boto3_client=others[0])
parameters = SSMProvider(boto3_client=others[3])
http = httpx.Client()
app = APIGatewayRestResolver(enable_validation=True)
app.enable_swagger(path="/swagger")
for number in range(10):
    fields = {f"field{n}": (str, "") for n in range(8)}
    body = type(f"Body{number}", (BaseModel,), {"__annotations__": dict.fromkeys(fields, str)})
    def route(body: body) -> body: return body
    app.post(f"/v1/things{number}")(route)
app.get_openapi_json_schema()
"""


LIBRARIES = """
from attendance.starting import starting
with starting():
    import aws_lambda_powertools.event_handler.middlewares.openapi_validation
    import joserfc.jwt, pynamodb.models
"""
REST = """
from attendance.starting import starting
with starting():
    import attendance_api.app
"""


def measure() -> Iterator[Figure]:
    """Ratios, since milliseconds are a machine's own."""
    yield from _starts()
    yield from _first_requests()


def _starts() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        bare = folder / "bare"
        venv.create(bare, symlinks=True)  # what a function has: a Python and nothing installed
        python = str(bare / "bin" / "python")
        built, fresh = build_artifact(folder / "built"), compile_afresh(folder / "fresh")
        shipped = size_of(built / DEPENDENCIES) / 1e6
        as_built = unpack_as_lambda(built, folder / "unpacked")
        as_compiled = unpack_as_lambda(fresh, folder / "compiled")
        took = interleaved(
            {
                "bare": ([python, "-P", "-c", END], as_built),
                "naive": ([sys.executable, "-c", NAIVE + END], {}),
                "libraries": ([python, "-P", "-c", LIBRARIES + END], as_built),
                "rest": ([python, "-P", "-c", REST + END], as_built),
                "fresh": ([python, "-P", "-c", REST + END], as_compiled),
            }
        )
    bare_took, naive, rest, compiled = (took[n] for n in ("bare", "naive", "rest", "fresh"))
    yield Figure(name="dependencies layer, unzipped", value=shipped, unit="MB", at_most=25)
    ratio = rest / compiled
    name = "its start / that of sources compiled here"
    yield Figure(name=name, value=ratio, unit="x", at_most=1.05)
    ratio = took["libraries"] / bare_took
    yield Figure(name="start of its libraries alone / a bare Python's", value=ratio, unit="x")
    yield Figure(name="start of the REST function", value=rest * 1000, unit="ms", peer=naive * 1000)
    yield Figure(
        name="its start / a bare Python's",
        value=rest / bare_took,
        unit="x",
        at_most=30,
        peer=naive / bare_took,
    )
    yield Figure(name="its start / a naive function's", value=rest / naive, unit="x", at_most=0.42)


def _first_requests() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as home, running_engine(Path(home)) as url:
        for _ in service(url):
            ready = [first_request() for _ in range(ROUNDS)]
            unprepared = [first_request("attendance_api.app") for _ in range(ROUNDS)]
    for name, rounds, bound in (("", ready, 2.0), (", unprepared", unprepared, None)):
        ratio = median(told["took"][0] / told["took"][1] for told in rounds)
        yield Figure(name=f"first request / second{name}", value=ratio, unit="x", at_most=bound)
    made = max(len(told["clients"]) for told in ready)
    yield Figure(name="clients made by requests", value=made, unit="clients", at_most=0)
    logged = max(told["logged"] for told in ready)
    yield Figure(name="log of a request", value=logged, unit="bytes", at_most=1024)


def interleaved(
    arms: Mapping[str, tuple[list[str], dict[str, str]]], rounds: int = ROUNDS
) -> dict[str, float]:
    """The least seconds of each process; every round runs all, so that noise meets all.

    Others on the machine only ever add to a process's time.
    """
    took: dict[str, list[float]] = {name: [] for name in arms}
    for _ in range(rounds + 1):
        for name, (command, environment) in arms.items():
            began = perf_counter()
            subprocess.run(command, env={"PATH": "/usr/bin:/bin", **environment}, check=True)
            took[name].append(perf_counter() - began)
    return {name: min(seconds[1:]) for name, seconds in took.items()}
