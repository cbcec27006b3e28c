"""What counts once, counts once for 32 who use it at the same moment."""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from attendance.adapters.account_keys import kept_answer_key
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.kept_answers import AnswerStore
from attendance.bootstrap import Runtime
from attendance.errors import UnauthenticatedError, UnavailableError
from attendance.identity import CompanyId
from attendance.services.authenticate_agent import authenticate_agent
from ingest_punches.signed import signed_message
from tests.accounts import service
from tests.integration.ingest.conftest import SiteAgent, a_row
from tests.proof.racers import RACERS
from tests.proof.scale import scaled

ROUNDS = scaled(3)
ACME = CompanyId("acme")


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


def at_once(deed: Callable[[int], object]) -> list[object]:
    """What each of the racers was told; None where the table did not answer in time."""
    start = Barrier(RACERS)

    def run(number: int) -> object:
        start.wait()
        try:
            return deed(number)
        except UnavailableError:
            return None

    with ThreadPoolExecutor(RACERS) as pool:
        return list(pool.map(run, range(RACERS)))


def one(told: list[object], wanted: object) -> bool:
    """Whether exactly one was told so, unless the one was told nothing."""
    return told.count(wanted) == 1 or (told.count(wanted) == 0 and None in told)


def claims(parts: Runtime, key: tuple[str, str]) -> list[object]:
    """Which of the racers may answer an `Idempotency-Key`."""
    store, now = AnswerStore(parts.table), datetime.now(UTC)
    return at_once(lambda number: store.claim(key, "body", f"r{number}", now)[1])


def test_one_request_answers_a_key_and_one_takes_over_when_it_gave_up(parts):
    store = AnswerStore(parts.table)
    for _ in range(ROUNDS):
        key = kept_answer_key(ACME, "ana", uuid.uuid4().hex)
        assert one(claims(parts, key), True)
        store.give_up(store.read(key))
        assert one(claims(parts, key), True)
        assert store.read(key).attempts == 2


def accepted(parts: Runtime, event: dict) -> list[object]:
    """Which of the racers got through with the same signed request."""

    def send(_number: int) -> bool:
        try:
            authenticate_agent(parts.directory, signed_message(event), datetime.now(UTC))
        except UnauthenticatedError:
            return False
        return True

    return at_once(send)


@pytest.fixture(scope="module")
def agent(parts: Runtime) -> SiteAgent:
    return SiteAgent(parts)


def test_a_signed_request_counts_once(parts, agent):
    for _ in range(ROUNDS):
        assert one(accepted(parts, agent.event(agent.batch(a_row()))), True)


def test_a_nonce_that_is_not_kept_is_found_out(parts, agent, monkeypatch):
    monkeypatch.setattr(NoteItem, "get_save_kwargs_from_instance", unconditional)
    assert not one(accepted(parts, agent.event(agent.batch(a_row()))), True)


def unconditional(item: NoteItem, **_: object) -> dict:
    """A write that asks nothing."""
    return {"TableName": item.Meta.table_name, "Item": {**item.serialize(), "revision": {"N": "1"}}}
