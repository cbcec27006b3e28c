"""The outbox: durable, idempotent, and honest about what it cannot promise."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from attendance_edge.outbox import (
    Outbox,
    OutboxBusyError,
    OutboxFullError,
    OutboxUnsafeError,
    PunchRow,
    opening,
    peek,
)
from attendance_edge.terminal import KnownLog, Quarantined
from tests.edge.agent.sites import READ_AT, punches, reading

KNOWN = KnownLog(
    serial_number="EMU1",
    firmware="6.60",
    record_count=3,
    size=124,
    digest=7,
    layout="40",
    tail=b"tail",
    full_compared_at=datetime(2026, 3, 6, tzinfo=UTC),
    clock_offset_seconds=0.5,
)


def test_a_punch_is_queued_once_however_often_it_is_read(outbox: Outbox) -> None:
    assert outbox.store(reading("gate", punches(5))) == 5
    assert outbox.store(reading("gate", punches(7))) == 2
    assert outbox.store(reading("door", punches(1))) == 1, "another device, another punch"
    assert len(outbox.queued(100)) == 8


def test_what_was_handed_over_stays_known(outbox: Outbox) -> None:
    outbox.store(reading("gate", punches(5)))
    outbox.settle([one.seq for one in outbox.queued(100)])
    assert outbox.store(reading("gate", punches(5))) == 0
    assert outbox.queued(100) == []


@pytest.mark.parametrize(
    "other",
    [
        PunchRow("6", "2026-03-06 09:00:00", 1, 0),
        PunchRow("5", "2026-03-06 09:00:01", 1, 0),
        PunchRow("5", "2026-03-06 09:00:00", 15, 0),
        PunchRow("5", "2026-03-06 09:00:00", 1, 1),
    ],
)
def test_each_part_of_the_identity_tells_punches_apart(outbox: Outbox, other: PunchRow) -> None:
    outbox.store(reading("gate", (PunchRow("5", "2026-03-06 09:00:00", 1, 0, 3, 10),)))
    same = PunchRow("5", "2026-03-06 09:00:00", 1, 0, 4, 99)
    assert outbox.store(reading("gate", (same, other))) == 1


def test_known_log_and_punches_move_together(outbox: Outbox) -> None:
    outbox.store(reading("gate", punches(3), known=KNOWN, records_on_device=3, transport="tcp"))
    state = outbox.device("gate")
    assert state.known == KNOWN
    assert (state.ok, state.read_at, state.queued, state.transport) == (True, READ_AT, 3, "tcp")
    outbox.store_failure("gate", "nothing answers", "2026-03-06T16:00:00.000Z")
    failed = outbox.device("gate")
    assert (failed.ok, failed.error, failed.read_at) == (False, "nothing answers", READ_AT)
    assert failed.known == KNOWN, "a failure forgets nothing"


def test_what_comes_new_costs_the_same_however_much_waits(outbox: Outbox) -> None:
    def seconds(first: int) -> float:
        best = float("inf")
        for number in range(first, first + 10):
            began = process_time()
            outbox.store(reading("gate", punches(1, first=number), known=KNOWN))
            best = min(best, process_time() - began)
        return best

    alone = seconds(0)
    outbox.store(reading("yard", punches(40_000)))
    assert seconds(100) < 5 * alone


def test_what_is_not_counted_promises_nothing(outbox: Outbox) -> None:
    outbox.store(reading("gate", punches(3), known=KNOWN))
    outbox.settle(one.seq for one in outbox.queued(10))
    assert outbox.device("gate").watermark == READ_AT
    contact = outbox.last_contacts()["gate"]
    assert (contact.known, contact.read_at, contact.ok) == (KNOWN, READ_AT, True)
    assert contact.watermark is None


def test_a_refused_punch_is_kept_with_its_reason_and_never_queued_again(outbox: Outbox) -> None:
    outbox.store(reading("gate", punches(2)))
    first, second = outbox.queued(10)
    outbox.settle([first.seq], [(second.seq, "foreignDevice")])
    glimpse = peek(outbox.state_dir)
    assert glimpse is not None
    assert [(one.row, one.reason) for one in glimpse.rejected] == [(second.row, "foreignDevice")]
    assert outbox.store(reading("gate", punches(2))) == 0


def test_unreadable_records_keep_their_bytes(outbox: Outbox) -> None:
    bad = Quarantined(raw=b"\xff" * 40, log_index=4, reason="no date")
    for _ in range(2):
        outbox.store(reading("gate", (), quarantined=(bad,), known=KNOWN))
    assert outbox.summary().quarantined == 1


def test_raw_logs_go_once_their_punches_are_stored(outbox: Outbox) -> None:
    path = outbox.keep_raw("gate", b"\4\0\0\0record")
    assert path.read_bytes() == b"\4\0\0\0record"
    outbox.store(reading("gate", punches(1), known=KNOWN), [path])
    assert not path.exists()


def test_a_raw_log_that_was_never_understood_is_kept_in_its_longest_form(outbox: Outbox) -> None:
    outbox.keep_raw("gate", b"\4\0\0\0abcd")
    longer = outbox.keep_raw("gate", b"\x08\0\0\0abcdefgh")
    other = outbox.keep_raw("gate", b"\4\0\0\0xyz!")
    assert sorted((outbox.state_dir / "raw").glob("*.bin")) == sorted([longer, other])
    assert outbox.summary().kept_raw_logs == 2


def test_only_one_agent_works_in_a_folder(outbox: Outbox) -> None:
    with pytest.raises(OutboxBusyError, match="Another attendance-edge"):
        Outbox(outbox.state_dir)


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    with Outbox(tmp_path / "s") as first:
        first.store(reading("gate", punches(4), known=KNOWN))
        first.mark_disabled("gate")
    with Outbox(tmp_path / "s") as second:
        assert len(second.queued(10)) == 4
        assert second.device("gate").is_disabled
        second.unmark_disabled("gate")
        assert not second.device("gate").is_disabled


def test_the_state_folder_is_private(outbox: Outbox) -> None:
    assert stat.S_IMODE(outbox.state_dir.stat().st_mode) == 0o700


def test_a_database_that_is_not_durable_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening.sqlite3, "connect", _without_wal)
    with pytest.raises(OutboxUnsafeError, match="power cut"):
        Outbox(tmp_path / "s")
    monkeypatch.undo()
    Outbox(tmp_path / "s").close()


class _Deaf(sqlite3.Connection):
    """A file system on which WAL cannot be had."""

    def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
        return super().execute("PRAGMA journal_mode" if sql.endswith("=WAL") else sql, *args)


def _without_wal(*args: object, **more: object) -> sqlite3.Connection:
    return _Deaf(*args, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("damage", ["head", "middle"])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(tmp_path: Path, damage: str) -> None:
    with Outbox(tmp_path / "s") as first:
        first.store(reading("gate", punches(4000)))
    path = tmp_path / "s" / "outbox.sqlite3"
    content = bytearray(path.read_bytes())
    at = 0 if damage == "head" else len(content) // 3
    content[at : at + 8192] = b"\xa5" * 8192
    path.write_bytes(content)
    with Outbox(tmp_path / "s") as second:
        assert second.queued(10) == []
        (aside,) = second.summary().damaged_files
        assert (tmp_path / "s" / aside).stat().st_size == len(content)
        assert second.store(reading("gate", punches(3))) == 3


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_takes_nothing_new_and_drains_by_its_ballast(small_disk: Path) -> None:
    with Outbox(small_disk / "s", ballast_bytes=4 << 20) as outbox:
        for _ in range(2):
            taken = _fill(outbox)
            assert outbox.is_disk_full
            assert shutil.disk_usage(small_disk).free < 1 << 20
            assert outbox.summary().queued == taken, "what was refused left nothing behind"
            while queued := outbox.queued(1000):
                outbox.settle([one.seq for one in queued])
            outbox.recover_space()
        assert not outbox.is_disk_full
        assert (small_disk / "s" / "ballast").stat().st_size == 4 << 20


def _fill(outbox: Outbox) -> int:
    """Take other people's punches until the disk is full; gives how many it took."""
    taken = 0
    while True:
        rows = tuple(PunchRow(uuid.uuid4().hex, "2026-03-06 09:00:00", 1, 0) for _ in range(500))
        try:
            taken += outbox.store(reading("gate", rows), [outbox.keep_raw("gate", b"\0" * 20_000)])
        except OutboxFullError:
            return taken


def test_looking_beside_a_running_agent_changes_nothing(outbox: Outbox) -> None:
    assert peek(outbox.state_dir / "elsewhere") is None
    outbox.store(reading("gate", punches(3), known=KNOWN))
    glimpse = peek(outbox.state_dir)
    assert glimpse is not None
    assert glimpse.summary.queued == 3
    assert glimpse.devices["gate"].serial_number == "EMU1"


def test_a_file_of_a_newer_agent_is_left_alone(tmp_path: Path) -> None:
    Outbox(tmp_path / "s").close()
    with closing(sqlite3.connect(tmp_path / "s" / "outbox.sqlite3")) as db:
        db.execute("PRAGMA user_version=99")
    with pytest.raises(OutboxUnsafeError, match="another version"):
        Outbox(tmp_path / "s")
