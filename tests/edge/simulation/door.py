"""A terminal of the simulation: the emulator's own firmware, without its sockets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from attendance_edge.simulator.channels import ChannelClosedError
from attendance_edge.simulator.clock import encode_time
from attendance_edge.simulator.device import Device, DeviceOptions
from attendance_edge.simulator.server import DeviceServer
from tests.edge.proof.recording import record_terminal

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from attendance_edge.terminal.address import Transport
    from tests.edge.simulation.clock import Clock
    from tests.edge.simulation.diary import Diary
    from tests.edge.simulation.link import Channel

LONGEST_LOG = 150
"""Of a terminal that overwrites."""
LOCKOUT_SECONDS = 80
"""Of an agent that dies in a conversation: what was left of it, and the terminal's lease."""


class Meant(NamedTuple):
    """The instant of a punch by its terminal's clock, which was turned so often before."""

    instant: datetime
    turns: int


class Door:
    """`transport` is how it is reached, `meant` holds the instants of its punches.

    `lies` tells whether a record was left out in the reading that goes on, `has_lied` whether one
    was since the last reading that left out none.
    """

    def __init__(
        self,
        device_id: str,
        transport: Transport,
        options: DeviceOptions,
        clock: Clock,
        diary: Diary,
    ) -> None:
        self.device_id = device_id
        self.transport = transport
        self.timezone = options.timezone
        self.device = Device(options)
        self.server = DeviceServer(self.device)
        self.lies = self.has_lied = False
        self.meant: dict[tuple[object, ...], Meant] = {}
        self.turns = self.turns_when_read = 0
        self._clock = clock
        self._diary = diary
        self._is_locked = False
        record_terminal(self, device_id, options.timezone, diary, longest_lockout=LOCKOUT_SECONDS)  # type: ignore[arg-type]
        self._follow_the_lease()
        self._follow_the_log()

    def take(self, channel: Channel, packet: bytes) -> None:
        """One request, answered on the channel before this returns."""
        try:
            _finish(self.server._handle(channel, packet))  # type: ignore[arg-type]
        except ChannelClosedError:
            return

    def turn_clock(self, seconds: float) -> None:
        self.device.clock.offset_seconds = seconds
        self.turns += 1

    def _follow_the_log(self) -> None:
        append = self.device.log.append

        def noted(entry: Any) -> bool:
            if self._is_of_two_layouts(entry):
                return False
            kept = append(entry)
            at = f"{entry.timestamp:%Y-%m-%d %H:%M:%S}"
            key = (self.device_id, entry.user_id, at, entry.status, entry.punch)
            if kept:
                self.meant.setdefault(key, Meant(self._instant(entry.timestamp), self.turns))
            return kept

        self.device.log.append = noted  # type: ignore[method-assign]

    def _is_of_two_layouts(self, entry: Any) -> bool:
        """The first record of a log of the oldest layout says nothing, if its time begins so."""
        return self.device.log.layout == "8-old" and encode_time(entry.timestamp) % 256 == 0

    def _instant(self, shown: datetime) -> datetime:
        """In an hour that comes twice: the one that it is, or the first for a wrong clock."""
        now = self._clock.now().replace(microsecond=0)
        if not self.device.clock.offset_seconds:
            return now
        return shown.replace(tzinfo=ZoneInfo(self.timezone)).astimezone(UTC)

    def _follow_the_lease(self) -> None:
        """People are let in by the terminal itself when the lease is over; that is noted too."""
        disable, enable = self.device.disable, self.device.enable

        def disabled(lease_seconds: int) -> None:
            disable(lease_seconds)
            self._is_locked = True
            self._clock.at(self.device._enabled_again_at, self._look_at_the_lease)

        def enabled() -> None:
            enable()
            self._is_locked = False

        self.device.disable = disabled  # type: ignore[method-assign]
        self.device.enable = enabled  # type: ignore[method-assign]

    def _look_at_the_lease(self) -> None:
        if not self._is_locked:
            return
        if self.device.disabled:
            self._clock.at(self.device._enabled_again_at, self._look_at_the_lease)
        else:
            self._is_locked = False
            self._diary.add(self.device_id, "ok", "enable")


def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Run what waits for nothing."""
    while True:
        try:
            work.send(None)
        except StopIteration:
            return


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)
