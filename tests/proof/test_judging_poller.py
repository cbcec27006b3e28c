"""Verdicts under a poller that halves and repeats, and a table that fails: they come out right."""

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from botocore.retries.standard import ExponentialBackoff

from attendance.errors import UnavailableError
from attendance.services.company_facts import load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.settle_verdict import Occasion
from judge_attendance.app import lambda_handler as judge
from tests.integration.judging.conftest import ACME, Company
from tests.proof.lossy_wire import FINE, LOST, THROTTLED, always_fine
from tests.proof.record_history import broken
from tests.proof.scale import scaled, seeded
from tests.proof.stream_poller import Handler, Poller, Record
from tests.proof.table_stream import TableStream

FIRST = date(2026, 3, 6)
DAYS = 3
PUNCHES = 24
CONTEXT = SimpleNamespace(aws_request_id="r-lambda")
POISON = {
    "eventName": "INSERT",
    "dynamodb": {
        "Keys": {"pk": {"S": "C#acme#N#5"}, "sk": {"S": "P#bad"}},
        "NewImage": {"kind": {"S": "punch"}, "pk": {"S": "C#acme#N#5"}, "sk": {"S": "P#bad"}},
    },
}


@pytest.fixture
def stream(wired_parts, engine_url, monkeypatch) -> TableStream:
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0.01)
    stream = TableStream(engine_url, wired_parts.settings.table_name)
    stream.read()
    return stream


@pytest.fixture(scope="module")
def site(wired_parts) -> Company:
    company = Company(wired_parts)
    company.device()
    return company


def people_punch(site: Company, dice: random.Random, number: int) -> str:
    """A person with shifts on some days, and punches of those days in no order."""
    user_id = f"u{number}"
    site.person(user_id, numbers=(f"{number}",))
    for day in range(DAYS):
        site.seat(f"day{day}", FIRST + timedelta(days=day), user_id=user_id)
    opens = datetime(FIRST.year, FIRST.month, FIRST.day, 7, tzinfo=UTC)
    minutes = dice.sample(range(DAYS * 24 * 60), PUNCHES)
    for minute in minutes:
        at = opens + timedelta(minutes=minute)
        site.punch(f"{at:%Y-%m-%d %H:%M:%S}", f"{number}", dice.choice([0, 1, 255]))
    return user_id


def judged(
    stream: TableStream, dice: random.Random, handler: Handler
) -> tuple[list[Record], Poller]:
    """Every change that was judged until nothing changes any more, and by whom."""
    poller = Poller(handler, lambda: dice.random() < 0.2)
    told: list[Record] = []
    for _ in range(10):
        records = [record for record in stream.read() if is_sent(record)]
        if not records:
            return told, poller
        told += records
        poller.drain([*records, POISON], dice.choice([2, 5, 30]))
    raise AssertionError("the stream does not come to rest")


def is_sent(record: Record) -> bool:
    """Whether the function is given such a change (template.yaml)."""
    image = record["dynamodb"].get("NewImage", {})
    return bool(image.get("kind", {}).get("S") in {"punch", "seat", "user", "device"})


def handle(batch: Sequence[Record]) -> None:
    """As Lambda calls the function."""
    judge({"Records": list(batch)}, CONTEXT)


def still_to_judge(site: Company, user_id: str) -> list[str]:
    """The shifts whose record would change if the person were judged once more."""
    facts = load_company_facts(site.parts.directory, ACME)
    scope = Scope(user_id=user_id, first=FIRST, last=FIRST + timedelta(days=DAYS))
    occasion = Occasion(actor="directory", request_id="again", now=datetime.now(UTC))
    return [seat.shift.shift_id for seat in judge_person(site.parts, facts, scope, occasion)]


@pytest.mark.slow
def test_what_was_judged_in_pieces_and_twice_is_as_if_judged_at_once(site, stream, wire):
    dice = seeded("judging")
    wire.fired.clear()
    for number in range(scaled(3)):
        user_id = people_punch(site, dice, number)
        wire.fate = lambda *_: dice.choices([FINE, LOST, THROTTLED], [8, 1, 1])[0]
        told, poller = judged(stream, dice, handle)
        wire.fate = always_fine
        assert poller.given_up == []
        assert still_to_judge(site, user_id) == []
        assert list(broken(told, [])) == []
        assert any(
            site.record(f"day{day}", FIRST + timedelta(days=day), user_id).verdict
            for day in range(DAYS)
        )
    print(wire.fired)
    assert min(wire.fired[LOST], wire.fired[THROTTLED]) > 0


def test_a_function_that_keeps_a_busy_table_to_itself_is_found_out(site, stream, wire):
    user_id = people_punch(site, random.Random(3), 1_000)

    def careless(batch: Sequence[Record]) -> None:
        with suppress(UnavailableError):
            handle(batch)

    wire.fate = lambda *_: THROTTLED
    judged(stream, random.Random(3), careless)
    wire.fate = always_fine
    assert still_to_judge(site, user_id) != []
