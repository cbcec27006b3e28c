"""What can be made to go wrong at an emulated terminal."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass
class Faults:
    """Switches; all off by default. `fired` counts how often each one really struck.

    Commands are given by code. Shares are probabilities from 0 to 1, drawn from a seeded
    generator, so that a run repeats.
    """

    hang: bool = False
    hang_on: tuple[int, ...] = ()
    ignore_connect: bool = False
    refuse_on: tuple[int, ...] = ()
    close_on_connect: bool = False
    reject_second_session: bool = False
    drop_after_bytes: int = 0
    answer_delay: float = 0.0
    late_once_on: tuple[int, ...] = ()
    late_seconds: float = 0.0
    packet_pause: float = 0.0
    split_bytes: int = 0
    split_pause: float = 0.0
    stray_event: bool = False
    racing_punches: int = 0
    count: int | None = None
    size_error: int = 0
    head_error: int = 0
    prepare_error: int = 0
    top_length: int | None = None
    short_data: int = 0
    endless_data: bool = False
    no_tail: bool = False
    odd_tail: bool = False
    constant_digest: bool = False
    unindexed_data: bool = False
    no_buffered_read: bool = False
    garbage_on: tuple[int, ...] = ()
    ignore_enable: bool = False
    impossible_time: bool = False
    udp_loss: float = 0.0
    udp_reorder: float = 0.0
    serial_number: str = ""
    corrupt_record: bool = False
    push_off: bool = False
    push_cut: bool = False
    push_twice: bool = False
    push_garbage: bool = False
    fired: Counter[str] = field(default_factory=Counter)

    def set(self, **switches: Any) -> None:
        """Turn switches by name; ValueError names what is unknown or of the wrong kind."""
        known = {switch.name: switch.default for switch in fields(self) if switch.name != "fired"}
        unknown = sorted(set(switches) - set(known))
        if unknown:
            raise ValueError(f"no such fault: {', '.join(unknown)}; there are {sorted(known)}")
        for name, value in switches.items():
            setattr(self, name, _checked(name, value, known[name]))

    def active(self) -> dict[str, Any]:
        """The switches that are not at rest."""
        return {
            switch.name: getattr(self, switch.name)
            for switch in fields(self)
            if switch.name != "fired" and getattr(self, switch.name) != switch.default
        }

    def clear(self) -> None:
        """All off again; the counters stay."""
        for switch in fields(Faults):
            if switch.name != "fired":
                setattr(self, switch.name, switch.default)

    def strike(self, name: str, *, when: bool = True) -> bool:
        """Count the fault if it strikes now, and say so."""
        if when:
            self.fired[name] += 1
        return when


def _checked(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, tuple) and isinstance(value, list | tuple):
        return tuple(int(code) for code in value)
    if default is None and (value is None or type(value) is int):
        return value
    if isinstance(default, float) and type(value) in (int, float):
        return float(value)
    if type(value) is type(default) and not isinstance(default, tuple):
        return value
    raise ValueError(f"{name} cannot be {value!r}")
