"""How one conversation with a terminal ended."""

from dataclasses import dataclass

from attendance_edge.config import DeviceConfig
from attendance_edge.terminal import Reading


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one conversation ended: `reading`, or `error` in one sentence.

    `added` counts the punches that were never taken before; `seconds` is its length.
    """

    device: DeviceConfig
    seconds: float
    reading: Reading | None = None
    added: int = 0
    error: str | None = None
