"""Logs of emulated terminals that outlive a restart: one JSON line a punch."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from attendance_edge.simulator.records import LogEntry


class StateFile:
    """Append-only; a line that a power cut left half written is left out on reading."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        torn = path.exists() and not path.read_bytes().endswith(b"\n")
        self._file = path.open("a", encoding="utf-8")
        if torn:
            self._file.write("\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def logs(self) -> dict[str, list[LogEntry]]:
        """Each terminal's punches in order, by the terminal's serial number."""
        logs: dict[str, list[LogEntry]] = {}
        for line in self._lines():
            if line.get("cleared"):
                logs[line["terminal"]] = []
            elif "user_id" in line:
                logs.setdefault(line["terminal"], []).append(_entry(line))
            else:
                logs.setdefault(line["terminal"], [])
        return logs

    def _lines(self) -> Iterator[dict[str, Any]]:
        with self._path.open(encoding="utf-8") as lines:
            for text in lines:
                try:
                    yield json.loads(text)
                except ValueError:
                    continue

    def add(self, terminal: str, entries: Iterable[LogEntry]) -> None:
        """Note that the terminal exists and stored these punches."""
        self._write({"terminal": terminal})
        for entry in entries:
            self._write(
                {
                    "terminal": terminal,
                    "uid": entry.uid,
                    "user_id": entry.user_id,
                    "timestamp": entry.timestamp.isoformat(),
                    "status": entry.status,
                    "punch": entry.punch,
                }
            )
        self._file.flush()

    def clear(self, terminal: str) -> None:
        """Note that the terminal's log was emptied."""
        self._write({"terminal": terminal, "cleared": True})
        self._file.flush()

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line) + "\n")


def _entry(line: dict[str, Any]) -> LogEntry:
    return LogEntry(
        uid=line["uid"],
        user_id=line["user_id"],
        timestamp=datetime.fromisoformat(line["timestamp"]),
        status=line["status"],
        punch=line["punch"],
    )
