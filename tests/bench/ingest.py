"""What a batch of punches costs the table, on the local engine."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from attendance.adapters.keys import number_partition
from attendance.bootstrap import Runtime
from attendance.identity import CompanyId
from ingest_punches.app import lambda_handler
from tests.accounts import service
from tests.bench.figure import Figure
from tests.engine import running_engine
from tests.http_events import CONTEXT, answer_of
from tests.integration.ingest.conftest import SiteAgent, a_report, a_row
from tests.table_calls import table_calls, write_units

ROWS = [a_row(f"2026-03-06 09:{n // 60:02d}:{n % 60:02d}") for n in range(1000)]


def measure() -> Iterator[Figure]:
    """A thousand punches, new and again, from a terminal that is known."""
    with tempfile.TemporaryDirectory() as home, running_engine(Path(home)) as url:
        for parts in service(url):
            yield from _batches(parts)


def _batches(parts: Runtime) -> Iterator[Figure]:
    agent, report = SiteAgent(parts), a_report()
    _post(agent, [], report)
    calls, receipt = _post(agent, ROWS, report)
    assert receipt["accepted"] == len(ROWS), receipt
    yield Figure(name="ingest 1,000 punches", value=calls, unit="calls", at_most=45)
    calls, receipt = _post(agent, ROWS, report)
    assert receipt["duplicates"] == len(ROWS), receipt
    yield Figure(
        name="the same 1,000 punches again, beside its nonce",
        value=calls - 1,
        unit="calls",
        at_most=1,
    )
    punch = next(parts.table.query_all(number_partition(CompanyId("acme"), "5")))
    units = write_units(None, punch)
    yield Figure(name="a new punch", value=units, unit="write units", at_most=2.01)


def _post(agent: SiteAgent, rows: list[dict], report: dict) -> tuple[int, dict]:
    event = agent.event(agent.batch(*rows, devices=[report]))
    with table_calls() as calls:
        status, receipt = answer_of(lambda_handler(event, CONTEXT))
    assert status == 200, receipt
    return len(calls), receipt
