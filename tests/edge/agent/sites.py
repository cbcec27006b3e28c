"""Configurations of sites, and punches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attendance_edge.config import load_config
from attendance_edge.outbox import PunchRow, StoredReading

if TYPE_CHECKING:
    from pathlib import Path

    from attendance_edge.config import Config

READ_AT = "2026-03-06T15:15:30.000Z"


def write_config(
    folder: Path, url: str, terminals: dict[str, int], *, listen: str = "", **agent: Any
) -> Path:
    """An edge.toml for terminals on loopback, by id and port."""
    agent = {"poll_seconds": 0.2, "deadline_seconds": 5, **agent}
    lines = ["[cloud]", f'url = "{url}"', "[agent]"]
    lines += [f"{name} = {value}" for name, value in agent.items()]
    lines += ["[api]", f'listen = "{listen}"']
    for device_id, port in terminals.items():
        lines += ["[[device]]", f'id = "{device_id}"', f'name = "{device_id.capitalize()} door"']
        lines += ['address = "127.0.0.1"', f"port = {port}", 'timezone = "America/Mexico_City"']
    path = folder / "edge.toml"
    path.write_text("\n".join(lines))
    return path


def site(folder: Path, url: str, terminals: dict[str, int], **more: Any) -> Config:
    return load_config(write_config(folder, url, terminals, **more))


def punches(count: int, *, first: int = 0) -> tuple[PunchRow, ...]:
    """Different punches, a second apart."""
    return tuple(
        PunchRow(str(n % 7), f"2026-03-06 {n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}", 1, 0)
        for n in range(first, first + count)
    )


def reading(device_id: str, rows: tuple[PunchRow, ...], **more: Any) -> StoredReading:
    return StoredReading(device_id=device_id, punches=rows, **{"read_at": READ_AT, **more})
