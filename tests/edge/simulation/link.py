"""The line to a terminal: what goes wrong on it is decided when it is opened."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from attendance_edge.simulator.channels import ChannelClosedError
from attendance_edge.terminal.errors import TerminalUnreachableError
from attendance_edge.terminal.links import AnswerTimeoutError, LinkClosedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from attendance_edge.terminal.address import Transport
    from attendance_edge.terminal.deadline import Deadline
    from tests.edge.simulation.clock import Clock
    from tests.edge.simulation.door import Door
    from tests.edge.simulation.fate import Fate

ANSWER_SECONDS = 0.004
SLOW_SECONDS = 1.5
CODES = (1000, 11, 1100, 201, 50, 1503, 1504, 1502)
Switches = dict[str, Any]
FAULTS: tuple[Switches, ...] = (
    {"hang_on": CODES},
    {"garbage_on": CODES},
    {"refuse_on": (1000, 11, 1100, 50, 1503, 1504, 1502)},
    {"ignore_connect": True},
    {"close_on_connect": True},
    {"racing_punches": 2},
    {"count": 0},
    {"count": 99_999},
    {"size_error": 40},
    {"size_error": -40},
    {"head_error": 8},
    {"prepare_error": 40},
    {"short_data": 40},
    {"no_tail": True},
    {"odd_tail": True},
    {"constant_digest": True},
    {"no_buffered_read": True},
    {"impossible_time": True},
    {"corrupt_record": True},
    {"ignore_enable": True},
    {"stray_event": True},
)
"""What the firmware does wrong; of the codes one is drawn."""
LIES = ("size_error", "corrupt_record", "impossible_time", "garbage_on")
"""Of a record that is there, or of its clock, the terminal tells nothing."""
LINE_FAULTS = ("unreachable", "hangs", "cuts", "resets", "slow")
LOSS, TWICE = 0.04, 0.02
"""Of datagrams."""


@dataclass
class Trouble:
    """On the line: after so many packets."""

    kind: str = ""
    after: int = 0


class Channel:
    """The terminal's end."""

    def __init__(self, link: ModelLink, trouble: Trouble, fate: Fate) -> None:
        self.closed = False
        self.is_stream = link.transport == "tcp"
        self._link = link
        self._trouble = trouble
        self._fate = fate
        self._sent = 0

    async def send(self, packet: bytes) -> None:
        if self.closed:
            raise ChannelClosedError
        self._sent += 1
        kind = self._trouble.kind if self._sent > self._trouble.after else ""
        if kind == "cuts":
            self._fate.strike("the line cuts")
            self.close()
            raise ChannelClosedError
        if kind == "hangs":
            self._fate.strike("the line hangs")
            return
        for _ in range(self._copies()):
            self._link.inbox.append(packet)

    def _copies(self) -> int:
        if self.is_stream or self._fate.is_calm:
            return 1
        if self._fate.happens(LOSS):
            self._fate.strike("an answer is lost")
            return 0
        if self._fate.happens(TWICE):
            self._fate.strike("an answer comes twice")
            return 2
        return 1

    def close(self) -> None:
        self.closed = True


class ModelLink:
    """The agent's end, in the place of its TcpLink and UdpLink."""

    def __init__(
        self,
        door: Door,
        transport: Transport,
        clock: Clock,
        fate: Fate,
        meanwhile: Callable[[], None],
    ) -> None:
        self.transport: Transport = transport
        self.inbox: deque[bytes] = deque()
        self._door = door
        self._clock = clock
        self._fate = fate
        self._meanwhile = meanwhile
        self._trouble = Trouble()
        self._sent = 0

    def spoil(self, share: float) -> None:
        """Draw what goes wrong in this conversation, if anything does."""
        fate = self._fate
        if fate.happens(share):
            self._trouble = Trouble(fate.dice.choice(LINE_FAULTS), fate.dice.randrange(16))
            if self._trouble.kind == "unreachable":
                fate.strike("the terminal is unreachable")
                raise TerminalUnreachableError("Nothing accepts a connection.")
        elif fate.happens(share):
            for name, value in fate.dice.choice(self._possible()).items():
                drawn = (fate.dice.choice(value),) if isinstance(value, tuple) else value
                self._door.device.faults.set(**{name: drawn})

    def _possible(self) -> list[Switches]:
        """A ring without a digest is compared once an hour only: too late after the faults."""
        if self._door.device.log.when_full != "ring":
            return list(FAULTS)
        return [one for one in FAULTS if not one.keys() & {"no_buffered_read", "constant_digest"}]

    def open(self) -> ModelLink:
        self._channel = Channel(self, self._trouble, self._fate)
        return self

    def send(self, packet: bytes, deadline: Deadline) -> None:
        self._fate.step("sending")
        self._sent += 1
        if self._trouble.kind == "resets" and self._sent > self._trouble.after:
            self._fate.strike("the line resets")
            self._channel.close()
        if self._channel.closed:
            raise LinkClosedError("broke the connection")
        is_safe = self.transport == "tcp" or self._fate.is_calm
        if not is_safe and self._fate.happens(LOSS):
            self._fate.strike("a request is lost")
            return
        self._door.take(self._channel, packet)

    def receive(self, wait: float) -> bytes:
        self._fate.step("receiving")
        self._meanwhile()
        seconds = ANSWER_SECONDS
        if self._trouble.kind == "slow":
            self._fate.strike("the line is slow")
            seconds = SLOW_SECONDS
        if self.inbox and seconds <= wait:
            self._clock.spend(seconds)
            return self.inbox.popleft()
        if self._channel.closed:
            raise LinkClosedError("closed the connection in the middle of the conversation")
        self._clock.spend(wait)
        raise AnswerTimeoutError

    def close(self) -> None:
        faults = self._door.device.faults
        for name, times in {**dict.fromkeys(faults.active(), 1), **faults.fired}.items():
            self._fate.struck[f"the terminal: {name}"] += times
        if any(getattr(faults, lie) for lie in LIES):
            self._door.lies = self._door.has_lied = True
        faults.fired.clear()
        faults.clear()
        self._channel.close()
