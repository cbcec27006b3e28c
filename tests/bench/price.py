"""What a million check-ins, a million punches and an employee's month cost on AWS, by a model.

Units, bytes and CPU are measured here; prices are us-east-1's without free tier, and the model is
that of performance.md section 6. It prices what the request does. What the stream does after it
is told beside, without a bound: the event of a check-in alone costs a dollar a million.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from aws_lambda_powertools import Logger

from attendance.adapters.items.punch_item import punch_to_item
from attendance.http.api import serve
from attendance.identity import new_id
from attendance.model.punch import StoredPunch
from attendance_api.app import app
from tests.bench.figure import Figure
from tests.bench.worlds import a_world
from tests.http_events import CONTEXT, http_event
from tests.integration.attendance_api.office import Office
from tests.table_calls import item_size, write_units

MILLION = 1_000_000
GATEWAY = 1.00 / MILLION
INVOCATION = 0.20 / MILLION
GIGABYTE_SECOND = 0.0000133334
WRITE_UNIT, READ_UNIT = 0.625 / MILLION, 0.125 / MILLION
LOG_BYTE, SENT_BYTE, KEPT_BYTE_MONTH = 0.50 / 1e9, 0.09 / 1e9, 0.25 / 1e9
EVENT = 1.00 / MILLION

GIGABYTES = 1.0
CPUS = 1024 / 1769
"""Of a function of 1,024 MB."""
TABLE_SECONDS = 0.004
CALL_CPU_SECONDS, CHECK_IN_CPU_SECONDS = 0.0014, 0.003
OTHER_LOG_BYTES = 300
"""What Lambda and the gateway write of a request by themselves."""
BATCH, BATCH_CALLS = 1000, 45
NAIVE_CHECK_IN = 13.56 / MILLION
"""Seven calls, transactions, a REST API and the whole event in the log (section 6)."""

DAYS, PUNCHES_A_DAY, MONTHS_KEPT, LISTS_OF_25 = 22, 4, 12, 9


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a check-in and a punch are made of."""

    check_in_units: int
    check_out_units: int
    seat_units: int
    seat_bytes: int
    punch_units: int
    answer_bytes: int
    log_bytes: int


def measure() -> Iterator[Figure]:
    """Dollars, each beside what section 8 allows."""
    told = _measured()
    check_in = price_of_check_in(told)
    yield Figure(name="log line of a check-in", value=told.log_bytes, unit="bytes", at_most=1024)
    name = "a million check-ins"
    naive = NAIVE_CHECK_IN * MILLION
    yield Figure(name=name, value=check_in * MILLION, unit="$", at_most=3.0, peer=naive)
    yield Figure(name=f"{name}, with the event of each", value=(check_in + EVENT) * 1e6, unit="$")
    ratio = NAIVE_CHECK_IN / check_in
    yield Figure(name="a naive check-in / ours", value=ratio, unit="x price", at_least=4)
    punch = price_of_punch(told)
    yield Figure(name="a million punches", value=punch * MILLION, unit="$", at_most=1.4)
    month = price_of_month(told)
    yield Figure(name="an employee's month", value=month, unit="$", at_most=0.0005)


def price_of_check_in(told: Measured) -> float:
    """The gateway, the function, the table, the log and the answer of one request."""
    return (
        GATEWAY
        + _function(TABLE_SECONDS + CHECK_IN_CPU_SECONDS / CPUS)
        + told.check_in_units * WRITE_UNIT
        + (told.log_bytes + OTHER_LOG_BYTES) * LOG_BYTE
        + told.answer_bytes * SENT_BYTE
    )


def price_of_punch(told: Measured) -> float:
    """A punch in a batch of a thousand, handed over by the agent."""
    seconds = BATCH_CALLS * (TABLE_SECONDS + CALL_CPU_SECONDS / CPUS)
    batch = GATEWAY + _function(seconds) + (told.log_bytes + OTHER_LOG_BYTES) * LOG_BYTE
    return batch / BATCH + told.punch_units * WRITE_UNIT


def price_of_month(told: Measured) -> float:
    """Of an employee: roster, punches with what becomes of them, records, lists, a year kept."""
    punches = DAYS * PUNCHES_A_DAY
    outcomes = punches * 1 * WRITE_UNIT
    records = DAYS * (told.seat_units + told.check_in_units + told.check_out_units) * WRITE_UNIT
    kept = DAYS * MONTHS_KEPT * 2 * told.seat_bytes * KEPT_BYTE_MONTH
    lists = LISTS_OF_25 * (GATEWAY + _function(0.01) + 3 * READ_UNIT)
    return punches * price_of_punch(told) + outcomes + records + kept + lists


def _measured() -> Measured:
    with a_world() as world:
        office = Office(world, datetime.now(UTC))
        shift_id = office.shift()
        office.plan()
        empty = office.raw_seat(shift_id)
        answer, log = _logged_check_in(office, shift_id)
        present = office.raw_seat(shift_id)
        body = {"attendanceRecordId": json.loads(answer)["attendanceRecord"]["id"]}
        assert world.post("ana", "/v1/check-out", body).status == 200
        left = office.raw_seat(shift_id)
    return Measured(
        check_in_units=write_units(empty, present),
        check_out_units=write_units(present, left),
        seat_units=write_units(None, empty),
        seat_bytes=item_size(left),
        punch_units=write_units(None, punch_to_item(_punch()).serialize()),
        answer_bytes=len(answer.encode()),
        log_bytes=len(log.encode()),
    )


def _logged_check_in(office: Office, shift_id: str) -> tuple[str, str]:
    """The answer, and what the function logs of it."""
    world, log = office.world, io.StringIO()
    headers = {"authorization": f"Bearer {world.token('ana')}"}
    event = http_event("POST", "/v1/check-in", {"shiftId": shift_id}, headers=headers)
    logger = Logger(service="price", level="INFO", stream=log)
    find_session = world.parts.find_session
    answer = serve(app, event, CONTEXT, find_session=find_session, logger=logger)
    assert answer["statusCode"] == 201, answer
    return answer["body"], log.getvalue()


def _punch() -> StoredPunch:
    return StoredPunch(
        company_id=new_id(),
        device_id="gate-of-the-plant",
        user_id="10234",
        timestamp="2026-03-06T09:00:00",
        status=1,
        punch=0,
        uid=10234,
        log_index=99_999,
        received_at=datetime(2026, 3, 6, 9, 0, 5, tzinfo=UTC),
        agent_id=new_id(),
        batch_id=new_id(),
        request_id=new_id(),
    )


def _function(seconds: float) -> float:
    return INVOCATION + seconds * GIGABYTES * GIGABYTE_SECOND


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} {figure.bound}")
