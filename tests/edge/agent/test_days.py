"""Proof of completeness: per terminal and day, what it holds and what became of that."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from attendance_edge.outbox import Outbox, PunchRow
from attendance_edge.simulator import EmulatedTerminal
from tests.edge.agent.sites import punches, reading, write_config
from tests.edge.agent.test_commands import NOWHERE, OK, asked, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from attendance_edge.uplink import AgentIdentity
    from tests.edge.agent.fake_cloud import FakeCloud

FRIDAY, SATURDAY = datetime(2026, 3, 6, 9), datetime(2026, 3, 7, 9)
COUNTS = ("on_device", "waiting", "acknowledged", "refused", "missing")


@pytest.fixture
def gate(tmp_path: Path, cloud: FakeCloud, identity: AgentIdentity) -> Iterator[EmulatedTerminal]:
    """Two people on Friday, one of them twice in the same second."""
    with EmulatedTerminal(timezone="America/Mexico_City") as terminal:
        for person in ("5", "12", "12"):
            terminal.add_punch(person, timestamp=FRIDAY)
        write_config(tmp_path, cloud.url, {"gate": terminal.port})
        yield terminal


def days(folder: Path, *words: str) -> dict[str, tuple[Any, ...]]:
    _, found = asked(folder, "status", *words)
    return {one["day"]: tuple(one[name] for name in COUNTS) for one in found["days"]}


def offline(folder: Path) -> None:
    path = folder / "edge.toml"
    path.write_text(path.read_text().replace("http://127.0.0.1:", "http://127.0.0.2:"))


def test_every_day_of_a_terminal_is_accounted_for(tmp_path: Path, gate: EmulatedTerminal) -> None:
    run(tmp_path, "poll")
    assert days(tmp_path) == {"2026-03-06": (2, 0, 2, 0, 0)}
    gate.add_punch("5", timestamp=SATURDAY)
    offline(tmp_path)
    run(tmp_path, "poll")
    assert days(tmp_path) == {"2026-03-07": (1, 1, 0, 0, 0), "2026-03-06": (2, 0, 2, 0, 0)}
    assert list(days(tmp_path, "--days", "1")) == ["2026-03-07"]
    rows = [
        " ".join(line.split()) for line in run(tmp_path, "status", "--days", "9").stdout.split("\n")
    ]
    assert "│ gate │ 2026-03-06 │ 2 │ 0 │ 2 │ 0 │ 0 │" in rows


def test_what_the_service_refuses_is_counted_as_refused(
    tmp_path: Path, gate: EmulatedTerminal, cloud: FakeCloud
) -> None:
    cloud.reject = lambda row: "unreadable" if row["user_id"] == "12" else None
    run(tmp_path, "poll")
    assert days(tmp_path) == {"2026-03-06": (2, 0, 1, 1, 0)}


def test_a_log_that_was_cleared_holds_nothing_and_stays_acknowledged(
    tmp_path: Path, gate: EmulatedTerminal
) -> None:
    run(tmp_path, "poll")
    gate.clear_log()
    run(tmp_path, "poll")
    assert days(tmp_path) == {"2026-03-06": (0, 0, 2, 0, 0)}


def test_of_a_terminal_that_was_never_read_nobody_knows_what_it_holds(outbox: Outbox) -> None:
    outbox.store(reading("yard", punches(3)))
    config = write_config(outbox.state_dir.parent, NOWHERE, {"yard": 1})
    assert days(config.parent) == {"2026-03-06": (None, 3, 0, 0, 0)}


def test_a_punch_that_is_nowhere_is_told(tmp_path: Path, gate: EmulatedTerminal) -> None:
    offline(tmp_path)
    run(tmp_path, "poll")
    with closing(sqlite3.connect(tmp_path / "state" / "outbox.sqlite3")) as db, db:
        db.execute("DELETE FROM queue WHERE user_id = '12'")
    assert days(tmp_path, "--days", "1") == {"2026-03-06": (2, 1, 0, 0, 1)}
    for command in ("status", "doctor"):
        said = " ".join(run(tmp_path, command).stdout.split())
        assert "1 punches of its log neither wait nor were acknowledged, on 2026-03-06" in said


def test_many_lines_are_counted_once_each_whatever_the_chunk(outbox: Outbox) -> None:
    rows = tuple(
        PunchRow(str(n % 40), f"2026-03-{1 + n // 1000:02} 09:{n // 40 % 60:02}:00", 1, 0)
        for n in range(5_000)
    )
    different = {(row.user_id, row.timestamp) for row in rows}
    config = write_config(outbox.state_dir.parent, NOWHERE, {"gate": 1})
    outbox.store(reading("gate", (*rows, *rows), is_whole=True))
    found = days(config.parent)
    assert sum(counts[0] for counts in found.values()) == len(different)
    assert {counts[1] - counts[0] for counts in found.values()} == {0}


def test_an_outbox_of_the_version_before_is_taken_over_with_all_it_knows(
    tmp_path: Path, gate: EmulatedTerminal, cloud: FakeCloud
) -> None:
    run(tmp_path, "poll")
    with closing(sqlite3.connect(tmp_path / "state" / "outbox.sqlite3")) as db:
        db.executescript("DROP TABLE day; PRAGMA user_version=1;")
    assert days(tmp_path) == {}
    assert run(tmp_path, "poll").returncode == OK
    assert days(tmp_path) == {"2026-03-06": (2, 0, 2, 0, 0)}
    assert len(cloud.stored) == 2
    assert sum(len(batch["punches"]) for batch in cloud.batches) == 2, "nothing goes up twice"
