"""Terminals are read at once: none waits for another, and each keeps its own trouble."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from attendance_edge.agent import Fleet, Outcome
from attendance_edge.agent.round import Round, go_round
from attendance_edge.outbox import Outbox
from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.uplink import AgentIdentity, Cloud, Handover, Uplink
from attendance_edge.uplink.server_clock import ServerClock
from tests.edge.agent.fake_cloud import FakeCloud
from tests.edge.agent.sites import site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from attendance_edge.config import Config

CONNECT, DISABLE, ENABLE, READ, OPTION = 1000, 1003, 1002, 1503, 11
PLAIN_SECONDS = 0.1


@pytest.fixture
def terminals() -> Iterator[Callable[..., EmulatedTerminal]]:
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(EmulatedTerminal(**options))


def finish(fleet: Fleet, **how: bool) -> tuple[dict[str, Outcome], dict[str, float]]:
    """Outcomes, and when each came."""
    began = monotonic()
    found: dict[str, Outcome] = {}
    when: dict[str, float] = {}
    for outcome in fleet.read_all(**how):
        found[outcome.device.id] = outcome
        when[outcome.device.id] = monotonic() - began
    return found, when


@pytest.mark.quiet
def test_a_slow_and_a_dead_terminal_delay_no_other(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    good, other, slow, dead = (terminals(records=50) for _ in range(4))
    alone = Fleet(site(tmp_path, "http://127.0.0.1:9", {"good": good.port}), outbox)
    _, baseline = finish(alone, full=True)
    slow.set_faults(answer_delay=0.1)
    dead.set_faults(hang=True)
    ports = {"good": good.port, "other": other.port, "slow": slow.port, "dead": dead.port}
    config = site(tmp_path, "http://127.0.0.1:9", ports, deadline_seconds=3)
    found, when = finish(Fleet(config, outbox), full=True)
    assert when["good"] < baseline["good"] + PLAIN_SECONDS
    assert when["other"] < baseline["good"] + PLAIN_SECONDS
    assert when["good"] < when["slow"] < when["dead"] <= 3.5
    assert found["slow"].added == 50
    assert found["dead"].reading is None
    assert found["dead"].error
    states = outbox.devices()
    assert [states[name].ok for name in ports] == [True, True, True, False]
    assert states["dead"].error == found["dead"].error


def test_the_punches_of_good_terminals_arrive_and_the_dead_one_is_reported(
    tmp_path: Path,
    outbox: Outbox,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    good, slow, dead = (terminals(records=30) for _ in range(3))
    slow.set_faults(answer_delay=0.05)
    dead.set_faults(close_on_connect=True)
    ports = {"good": good.port, "slow": slow.port, "dead": dead.port}
    config = site(tmp_path, cloud.url, ports, deadline_seconds=3)
    result = play_round(config, outbox, identity)
    assert (result.handover.accepted, result.handover.error) == (60, None)
    assert len(cloud.stored) == 60
    assert cloud.reports("dead")[-1]["ok"] is False
    assert cloud.reports("dead")[-1]["error"]
    assert set(cloud.watermarks()) == {"good", "slow"}


def play_round(config: Config, outbox: Outbox, identity: AgentIdentity) -> Round:
    clock = ServerClock()
    devices = {device.id: device for device in config.devices}
    with Cloud(config.cloud_url, identity, clock=clock) as connection:

        def hand_over() -> Handover:
            return Uplink(outbox, connection, devices, clock).hand_over()

        return go_round(Fleet(config, outbox).read_all(), hand_over)


@pytest.mark.quiet
def test_thirty_terminals_take_hardly_longer_than_the_slowest_alone(
    tmp_path: Path,
    outbox: Outbox,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    fleet = [terminals(records=1000, serial_number=f"EMU{n:07}") for n in range(30)]
    for one in fleet:
        one.set_faults(answer_delay=0.35)
    slowest = terminals(records=1000)
    slowest.set_faults(answer_delay=0.35)
    with Outbox(tmp_path / "alone") as empty:
        config = site(tmp_path, cloud.url, {"slowest": slowest.port}, deadline_seconds=30)
        _, when = finish(Fleet(config, empty))
    ports = {f"t{n}": one.port for n, one in enumerate(fleet)}
    config = site(tmp_path, cloud.url, ports, deadline_seconds=30)
    began = monotonic()
    ended: list[float] = []

    def told(_outcome: Outcome) -> None:
        ended.append(monotonic() - began)

    clock = ServerClock()
    with Cloud(cloud.url, identity, clock=clock) as connection:
        uplink = Uplink(outbox, connection, {d.id: d for d in config.devices}, clock)
        result = go_round(Fleet(config, outbox).read_all(), uplink.hand_over, told)
    assert result.handover.accepted == 30_000
    assert len(cloud.stored) == 30_000
    assert max(ended) <= 1.5 * when["slowest"], f"{max(ended):.2f} s, {when['slowest']:.2f} s alone"


def test_two_readings_of_one_terminal_take_turns(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(records=10)
    terminal.set_faults(answer_delay=0.02, reject_second_session=True)
    config = site(tmp_path, "http://127.0.0.1:9", {"gate": terminal.port})
    reader = Fleet(config, outbox).readers["gate"]
    outcomes: list[Outcome] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(reader.read(full=True))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.error for one in outcomes] == [None, None, None]
    assert sum(one.added for one in outcomes) == 10


def test_a_second_poll_reads_only_what_is_new(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(records=20)
    config = site(tmp_path, "http://127.0.0.1:9", {"gate": terminal.port})
    fleet = Fleet(config, outbox)
    assert fleet.readers["gate"].read().added == 20
    assert outbox.device("gate").transport == "tcp", "asked once, remembered"
    quiet = fleet.readers["gate"].read()
    assert quiet.reading is not None
    assert (quiet.reading.method, quiet.added) == ("unchanged", 0)
    terminal.add_punch("3")
    assert fleet.readers["gate"].read().added == 1
    assert fleet.readers["gate"].read(full=True).added == 0
    assert not list((outbox.state_dir / "raw").iterdir())


def test_another_terminal_behind_the_address_is_refused(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    first = terminals(records=3, serial_number="EMU0000001")
    config = site(tmp_path, "http://127.0.0.1:9", {"gate": first.port})
    assert Fleet(config, outbox).readers["gate"].read().added == 3
    other = terminals(records=9, serial_number="EMU0000002")
    config = site(tmp_path, "http://127.0.0.1:9", {"gate": other.port})
    refused = Fleet(config, outbox).readers["gate"].read()
    assert refused.reading is None
    assert "EMU0000002" in str(refused.error)
    assert outbox.summary().queued == 3


def test_garbage_in_place_of_a_serial_number_is_never_pinned(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(records=3)
    reader = Fleet(site(tmp_path, "http://127.0.0.1:9", {"gate": terminal.port}), outbox).readers[
        "gate"
    ]
    terminal.set_faults(garbage_on=[OPTION])
    assert "no serial number" in str(reader.read().error)
    terminal.set_faults(garbage_on=[])
    assert reader.read().added == 3


def test_a_terminal_left_disabled_by_a_dead_agent_is_enabled(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(records=1)
    outbox.mark_disabled("gate")
    config = site(tmp_path, "http://127.0.0.1:9", {"gate": terminal.port})
    reader = Fleet(config, outbox).readers["gate"]
    assert reader.enable_if_marked()
    assert terminal.received[ENABLE] == 1
    assert not outbox.device("gate").is_disabled
    assert reader.enable_if_marked()
    assert terminal.received[ENABLE] == 1, "no mark, no conversation"


def test_a_terminal_that_will_not_be_enabled_stays_marked(
    tmp_path: Path, outbox: Outbox, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(records=1)
    terminal.set_faults(refuse_on=(ENABLE,))
    config = site(tmp_path, "http://127.0.0.1:9", {"gate": terminal.port}, deadline_seconds=2)
    outcome = Fleet(config, outbox).readers["gate"].read(full=True, disable=True)
    assert "may still be disabled" in str(outcome.error)
    assert outbox.device("gate").is_disabled
