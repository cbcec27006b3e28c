"""What a preview of many records costs the function that makes it."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.accounts import set_secrets
from tests.bench.figure import Figure
from tests.bench.many_records import late_people, shift_days
from tests.conftest import parts_on, set_environment
from tests.engine import aws_client, running_engine
from tests.integration.policies.conftest import Site

PEOPLE, DAYS = 500, 20


def measure() -> Iterator[Figure]:
    """CPU and wall time of a preview that changes every one of 10,000 records."""
    with _site() as site:
        site.device()
        for shift_id, day in shift_days(DAYS):
            site.shift(shift_id, day, "09:00", "17:00")
        pattern = site.person("pattern", numbers=())
        late_people(site.parts, pattern, PEOPLE, DAYS)
        cpu, wall = time.process_time(), time.perf_counter()
        told = preview(site, {"lateGraceMinutes": 15})
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    assert (told["recordsLookedAt"], told["recordsChanged"]) == (PEOPLE * DAYS, PEOPLE * DAYS)
    records = f"{PEOPLE * DAYS:,}"
    yield Figure(name=f"preview that changes {records} records", value=cpu, unit="s CPU", at_most=5)
    yield Figure(name=f"preview of {records} records, waited for", value=wall, unit="s", at_most=25)


def preview(site: Site, fields: dict[str, Any]) -> dict[str, Any]:
    """What a manager is told of a policy for March 2026."""
    body = {"policy": fields, "dateFrom": "2026-03-01", "dateTo": "2026-03-31"}
    answer = site.ask("mia", "POST", "/v1/policy/preview", body=body)
    assert answer.status == 200, answer.text
    told: dict[str, Any] = answer.body["preview"]
    return told


@contextmanager
def _site() -> Iterator[Site]:
    with (
        tempfile.TemporaryDirectory() as home,
        running_engine(Path(home)) as url,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("AWS_ENDPOINT_URL", url)
        name = set_environment(patch)
        patch.setenv("POWERTOOLS_LOG_LEVEL", "WARNING")
        set_secrets(url, patch)
        made = aws_client("sqs", url).create_queue(QueueName=f"judge-{name}")
        patch.setenv("JUDGE_QUEUE_URL", made["QueueUrl"])
        for parts in parts_on(name, url):
            yield Site(parts, aws_client("sqs", url))
