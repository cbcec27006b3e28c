"""I14 to I16: terminals are left alone, means are kept, instants are the terminal's own."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.edge.proof.history import Event, punches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LOCKED_OUT_SECONDS = 60
STATE_BYTES = 64 << 20
LEAST_SAMPLES = 8
"""A life that was hardly begun has not all its threads yet."""
MOST_THREADS_MORE = 5
MOST_DESCRIPTORS_MORE = 10
"""A round of connections to the service and a conversation may fall into the later half only."""
MOST_FAILED_POSTS_PER_SECOND = 12
"""Three rounds of four connections: the first pause after a failure is half a second at least."""


def terminals_are_left_alone(events: Sequence[Event]) -> Iterator[str]:
    """I14: never disabled for more than 60 s, never cleared or written to, no templates read."""
    since: dict[str, float] = {}
    longest: dict[str, float] = {}
    for event in events:
        if event.op == "terminal":
            longest[event.process] = event.args.get("longest_lockout", LOCKED_OUT_SECONDS)
        elif event.op == "disable":
            since.setdefault(event.process, event.t)
        elif event.op == "enable":
            seconds = event.t - since.pop(event.process, event.t)
            if seconds > longest[event.process]:
                yield f"{event.process} was disabled for {seconds:.0f} s"
        elif event.op == "counters":
            asked = {name: event.result[name] for name in ("writes", "template_reads")}
            yield from (f"{event.process}: {n} {name}" for name, n in asked.items() if n)
    yield from (f"{terminal} is left disabled" for terminal in since)


def means_are_kept(events: Sequence[Event]) -> Iterator[str]:
    """I15: the state folder within its cap, refusals named and kept, threads and files flat."""
    samples: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        if event.op == "sample":
            samples[event.process].append(event.result)
    for process, taken in samples.items():
        yield from _grown(process, taken)
    yield from _refusals_lost(events)
    yield from _hasty(events)


def _grown(process: str, samples: list[dict[str, Any]]) -> Iterator[str]:
    if worst := [one["state_bytes"] for one in samples if one["state_bytes"] > STATE_BYTES]:
        yield f"{process}: {max(worst)} bytes in the state folder"
    if len(samples) < LEAST_SAMPLES:
        return
    half = len(samples) // 2
    for name, more in (("threads", MOST_THREADS_MORE), ("descriptors", MOST_DESCRIPTORS_MORE)):
        first = max((one[name] for one in samples[:half]), default=0)
        later = max((one[name] for one in samples[half:]), default=0)
        if later > first + more:
            yield f"{process}: {first} {name}, later {later}"


def _refusals_lost(events: Sequence[Event]) -> Iterator[str]:
    """What the service refused and the agent took out is kept with the service's reason.

    Until the outbox's file is damaged: then all is read and refused anew.
    """
    refused: dict[Any, str] = {}
    settled: set[Any] = set()
    for event in events:
        if (event.op, event.type) == ("ingest", "ok"):
            for punch, reason in event.result["rejected"]:
                refused[punches([punch])[0]] = reason
        elif event.op == "settle":
            settled.update(punches(event.args))
        elif event.op == "damage":
            settled.clear()
        elif event.op == "read back":
            kept = {punches([punch])[0]: reason for punch, reason in event.result["rejected"]}
            waiting = set(punches(event.result["queue"]))
            for punch in settled & refused.keys() - waiting:
                if kept.get(punch) != refused[punch]:
                    yield f"{punch} was refused ({refused[punch]}), kept: {kept.get(punch)}"


def _hasty(events: Sequence[Event]) -> Iterator[str]:
    """Failures come no faster than the pauses allow, within one life of the agent."""
    starts = [event.t for event in events if event.op == "start"]
    failed = [event.t for event in events if (event.op, event.type) == ("ingest", "fail")]
    for born, died in pairwise([0.0, *starts, float("inf")]):
        life = [t for t in failed if born <= t < died]
        for index, t in enumerate(life[MOST_FAILED_POSTS_PER_SECOND:]):
            if t - life[index] < 1.0:
                yield f"more than {MOST_FAILED_POSTS_PER_SECOND} failed posts in the second to {t}"


def instants_are_the_terminals(events: Sequence[Event]) -> Iterator[str]:
    """I16: the stored instant is the terminal's wall time in the terminal's zone.

    Whatever the clock of the agent's machine showed.
    """
    zones = {event.process: event.args["timezone"] for event in events if event.op == "terminal"}
    for event in events:
        if (event.op, event.type) == ("read", "ok"):
            yield from _shifted(event.result, zones)


def _shifted(rows: Iterable[dict[str, Any]], zones: dict[str, str]) -> Iterator[str]:
    for row in rows:
        device_id, _, wall, *_ = row["punch"]
        if device_id not in zones:
            continue
        shown = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zones[device_id]))
        meant = shown.astimezone(UTC)
        if datetime.fromisoformat(row["instant"]) != meant:
            yield f"{row['punch']} is stored as {row['instant']}, not {meant}"
