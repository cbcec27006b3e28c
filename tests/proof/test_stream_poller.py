"""Events under a poller that halves, repeats and gives up, and a bus with moods (I8 and I9)."""

import json
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from botocore.retries.standard import ExponentialBackoff
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from attendance.adapters.bus import EventBus
from attendance.bootstrap import Runtime, runtime
from attendance.identity import CompanyId
from attendance.model.event import Event
from attendance.services.present_record import record_json
from attendance.services.record_events import record_events
from publish_events.app import lambda_handler as publish
from tests.accounts import service
from tests.proof.moody_bus import LOST, THROTTLED, UNBEARABLE, MoodyBus, moody_bus
from tests.proof.scale import always_the_same, scaled
from tests.proof.stream_history import History
from tests.proof.stream_poller import Poller

LENGTH = 30
MOODS = st.one_of(
    st.sampled_from([THROTTLED, LOST]), st.frozensets(st.integers(0, 9), min_size=1, max_size=4)
)


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


@pytest.fixture
def bus(parts: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[MoodyBus]:
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0)
    with moody_bus(parts.bus) as moody:
        yield moody


def broken(history: History, accepted: list[dict[str, Any]], poller: Poller) -> Iterator[str]:
    """What of I8 and I9 does not hold, once each event is taken by its id."""
    given_up = {record["dynamodb"]["SequenceNumber"] for record in poller.given_up}
    versions = {(seat.record_id, seat.record_version): seat for _, seat in history.versions}
    names: dict[str, tuple[str, str, int]] = {}
    newest: dict[str, int] = {}
    for event in accepted:
        event_id, record = event["metadata"]["eventId"], record_of(event)
        place = record["id"], record["recordVersion"]
        name = (event["type"], *place)
        if names.get(event_id, name) != name:
            yield f"I8: {event_id} names {name} and {names[event_id]}"
        if event_id not in names and newest.get(record["id"], 0) > record["recordVersion"]:
            yield f"I8: {name} came after version {newest[record['id']]}"
        names[event_id] = name
        newest[record["id"]] = max(newest.get(record["id"], 0), record["recordVersion"])
        if record != record_json(versions[place]):
            yield f"I9: {name} tells {record}"
    if len(set(names.values())) != len(names):
        yield "I8: a change has two ids"
    for sequence, seat in history.versions:
        ordinary = (f"attendance.{seat.change.kind}", seat.record_id, seat.record_version)
        if sequence not in given_up and ordinary not in names.values():
            yield f"I8: {ordinary} never came"


def record_of(event: dict[str, Any]) -> dict[str, Any]:
    """The record that an event tells, as it became."""
    data = event["data"]
    return dict(data["after"] if event["type"] == "attendance.recomputed" else data["record"])


def run(bus: MoodyBus, dice: random.Random, moods: list[Any], batch_size: int) -> list[str]:
    """What is broken after a history has gone through the function that publishes."""
    history = History.made(dice, LENGTH)
    bus.moods, bus.accepted = iter(moods), []
    poller = Poller(lambda batch: publish({"Records": list(batch)}, None), again(dice))
    poller.drain(history.records, batch_size)
    assert all(UNBEARABLE in str(record) or len(moods) > 10 for record in poller.given_up)
    found = [*broken(history, bus.accepted, poller), *kept(history)]
    return found or list(after_all(history, bus, poller))


def after_all(history: History, bus: MoodyBus, poller: Poller) -> Iterator[str]:
    """What never came although an operator gave the parked changes again (docs/deploying.md)."""
    bus.moods, bus.unbearable = iter(()), "nothing is, now"
    if poller.given_up:
        publish({"Records": poller.given_up}, None)
    bus.unbearable = UNBEARABLE
    told = {event["metadata"]["eventId"] for event in bus.accepted}
    for _, seat in history.versions:
        for event in record_events(replace(seat, record_version=seat.record_version - 1), seat):
            if event.event_id not in told:
                yield f"I8: {event.detail_type} of {seat.record_id} never came"


def kept(history: History) -> Iterator[str]:
    """What the table lacks: a history row a version, and a note for each unreadable change."""
    table, company = runtime().table, CompanyId(history.company)
    parked = {row["body"]["S"] for row in table.query_all(f"C#{company}#PARKED")}
    found = {json.loads(body)["sk"] for body in parked}
    if len(found) != history.unreadable:
        yield f"I8: {history.unreadable} changes cannot be read, {len(found)} are parked"
    rows = [
        row
        for user_id in {seat.user_id for _, seat in history.versions}
        for row in table.query_all(f"C#{company}#U#{user_id}", between=("H#", "H#~"))
    ]
    if len(rows) != len(history.versions):
        yield f"I6: {len(history.versions)} versions, {len(rows)} rows of history"


def again(dice: random.Random) -> Callable[[], bool]:
    """One batch in ten is given twice."""
    return lambda: dice.random() < 0.1


@pytest.mark.slow
@settings(
    max_examples=scaled(10),
    phases=[Phase.generate],
    deadline=None,
    derandomize=always_the_same(),
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    seed=st.integers(0, 2**32),
    moods=st.lists(MOODS, max_size=12),
    batch_size=st.sampled_from([1, 3, 10, 30]),
)
def test_every_change_is_told_once_and_in_its_order(bus, seed, moods, batch_size):
    assert run(bus, random.Random(seed), moods, batch_size) == []


def test_a_publisher_that_does_not_ask_for_refused_entries_is_found_out(bus, monkeypatch):
    def hasty(self, events):
        entries = [self._entry(event) for event in events]
        for first in range(0, len(entries), 10):
            self._bus().put_events(Entries=entries[first : first + 10])

    monkeypatch.setattr(EventBus, "publish", hasty)
    found = run(bus, random.Random(1), [frozenset({0, 1})] * 3, 10)
    assert any("never came" in line for line in found)


def test_a_publisher_that_names_events_anew_is_found_out(bus, monkeypatch):
    monkeypatch.setattr(Event, "event_id", property(lambda _: uuid.uuid4().hex))
    found = run(bus, random.Random(1), [frozenset({1})], 10)
    assert "I8: a change has two ids" in found
