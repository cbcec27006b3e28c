"""The checker itself: a good history passes, and each way to spoil it is caught by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.edge.proof.checker import INVARIANTS, broken
from tests.edge.proof.flow_invariants import identity
from tests.edge.proof.history import Event, History, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Events = list[Event]
FIRST = ("gate", "1", "2026-03-06 09:00:00", 1, 0)
SECOND = ("gate", "2", "2026-03-06 09:00:05", 1, 0)
REFUSED = ("gate", "9", "2026-03-06 09:00:07", 1, 0)
AWAY = ("gate", "3", "2026-03-06 09:00:09", 1, 0)
WRONG = "nobody has this number"


def row(punch: tuple[Any, ...], hour: int = 15) -> dict[str, Any]:
    """As the service reads it back; Mexico City is six hours behind."""
    return {"punch": punch, "instant": f"{punch[2][:11]}{hour}{punch[2][13:]}+00:00"}


def sample(threads: int = 9, descriptors: int = 20, state_bytes: int = 17 << 20) -> dict[str, int]:
    return {"threads": threads, "descriptors": descriptors, "state_bytes": state_bytes}


def good() -> Events:
    """Three punches and one person turned away; a lost answer, a kill, a refusal."""
    taken = [identity(punch) for punch in (FIRST, SECOND, REFUSED)]
    held = {"queue": [SECOND, REFUSED], "taken": taken, "rejected": []}
    after = {"queue": [], "taken": taken, "rejected": [(REFUSED, WRONG)]}
    receipt = {"accepted": [SECOND], "rejected": [(REFUSED, WRONG)]}
    quiet = {"writes": 0, "template_reads": 0}
    return [
        Event(1, "gate", "ok", "terminal", {"timezone": "America/Mexico_City"}),
        Event(2, "agent 1", "info", "start"),
        Event(10, "gate", "ok", "punch", FIRST),
        Event(11, "gate", "ok", "punch", SECOND),
        Event(12, "gate", "ok", "disable"),
        Event(13, "gate", "fail", "punch", AWAY),
        Event(14, "gate", "ok", "enable"),
        Event(15, "gate", "ok", "punch", REFUSED),
        Event(16, "agent 1", "ok", "store", [FIRST, SECOND, REFUSED]),
        Event(17, "cloud", "info", "ingest", [FIRST]),
        Event(18, "cloud", "fail", "ingest", [FIRST]),
        Event(19, "cloud", "ok", "ingest", [FIRST], {"accepted": [FIRST], "rejected": []}),
        Event(20, "agent 1", "invoke", "settle", [FIRST]),
        Event(21, "agent 1", "info", "kill"),
        Event(22, "outbox", "ok", "read back", None, held),
        Event(23, "cloud", "ok", "read", None, [row(FIRST)]),
        Event(24, "site", "info", "faults end"),
        Event(25, "agent 2", "info", "start"),
        *(Event(25.5 + n / 100, "agent 2", "ok", "sample", None, sample()) for n in range(9)),
        Event(27, "cloud", "ok", "ingest", [SECOND, REFUSED], receipt),
        Event(28, "agent 2", "invoke", "settle", [SECOND, REFUSED]),
        Event(29, "agent 2", "ok", "sample", None, sample()),
        Event(30, "outbox", "ok", "read back", None, after),
        Event(31, "cloud", "ok", "read", None, [row(FIRST), row(SECOND)]),
        Event(32, "gate", "ok", "counters", None, quiet),
    ]


def changed(when: float, **fields: Any) -> Callable[[Events], Events]:
    return lambda events: [replace(one, **fields) if one.t == when else one for one in events]


def without(t: float) -> Callable[[Events], Events]:
    return lambda events: [one for one in events if one.t != t]


def also(*more: Event) -> Callable[[Events], Events]:
    return lambda events: sorted([*events, *more], key=lambda one: one.t)


def result_of(t: float, **fields: Any) -> Callable[[Events], Events]:
    return lambda events: [
        replace(one, result={**one.result, **fields}) if one.t == t else one for one in events
    ]


MUTANTS: dict[str, tuple[str, Callable[[Events], Events]]] = {
    "a punch never arrives": ("I1", changed(31, result=[row(FIRST)])),
    "a punch arrives after two minutes": ("I1", changed(31, t=146)),
    "a stored punch is not on disk after the kill": (
        "I1",
        result_of(22, taken=[identity(SECOND), identity(REFUSED)]),
    ),
    "a punch is there twice": ("I2", changed(23, result=[row(FIRST), row(FIRST)])),
    "a punch of nobody is there": (
        "I2",
        changed(31, result=[row(FIRST), row(SECOND), row(("gate", "4", FIRST[2], 1, 0))]),
    ),
    "a punch that was turned away is there": (
        "I2",
        changed(31, result=[row(FIRST), row(SECOND), row(AWAY)]),
    ),
    "an accepted punch is gone later": ("I3", changed(23, result=[])),
    "a row is taken out after a lost answer": ("I4", without(19)),
    "a row is taken out before its answer": ("I4", changed(20, t=18.5)),
    "a row that no answer named has left the file": ("I4", result_of(22, queue=[REFUSED])),
    "a terminal is left disabled": ("I14", without(14)),
    "a terminal is disabled for more than a minute": ("I14", changed(12, t=-50)),
    "a terminal is written to": ("I14", result_of(32, writes=1)),
    "templates are asked for": ("I14", result_of(32, template_reads=1)),
    "the state folder grows beyond its cap": ("I15", result_of(29, state_bytes=65 << 20)),
    "threads are left behind": ("I15", result_of(29, threads=15)),
    "files stay open": ("I15", result_of(29, descriptors=31)),
    "a refused punch is dropped": ("I15", result_of(30, rejected=[])),
    "a refusal loses its reason": ("I15", result_of(30, rejected=[(REFUSED, "")])),
    "a failing service is asked without a pause": (
        "I15",
        also(*(Event(25 + n / 20, "cloud", "fail", "ingest", []) for n in range(13))),
    ),
    "an instant follows the clock of the agent's machine": (
        "I16",
        changed(31, result=[row(FIRST), row(SECOND, hour=16)]),
    ),
}


def test_a_good_history_breaks_nothing() -> None:
    assert broken(good()) == {}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_spoilt_history_is_caught(name: str) -> None:
    invariant, spoil = MUTANTS[name]
    assert invariant in broken(sorted(spoil(good()), key=lambda one: one.t))


def test_every_invariant_has_a_history_that_breaks_it() -> None:
    assert {invariant for invariant, _ in MUTANTS.values()} == set(INVARIANTS)


def test_a_history_survives_its_files_and_the_line_that_a_kill_cut_short(tmp_path: Path) -> None:
    for name in ("site", "agent"):
        part = History(tmp_path / name)
        part.add(name, "ok", "punch", FIRST, {"n": 1})
        part.close()
    with (tmp_path / "agent").open("ab") as file:
        file.write(b'{"t": 1, "proc')
    found = load([tmp_path / "agent", tmp_path / "site"])
    assert [(one.process, one.args, one.result) for one in found] == [
        ("site", list(FIRST), {"n": 1}),
        ("agent", list(FIRST), {"n": 1}),
    ]
