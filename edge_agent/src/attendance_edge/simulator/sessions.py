"""Programs connected to one terminal, and the rules of session and reply numbers."""

import time
from dataclasses import dataclass
from typing import Protocol

from attendance_edge.simulator.wire import Packet

LARGEST_REPLY = 65_535
MOST_SESSIONS = 64


class Channel(Protocol):
    """The way back to one program."""

    @property
    def closed(self) -> bool:
        """Whether nothing more can be sent."""
        ...

    async def send(self, packet: bytes) -> None:
        """Send one packet, without its TCP top."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


@dataclass
class Session:
    """One program's conversation. A program that vanishes leaves its session behind."""

    number: int
    channel: Channel
    last_reply: int = 0
    last_answer: bytes = b""
    authorised: bool = False
    dataset: bytes = b""
    wants_events: bool = False

    def is_repeat(self, packet: Packet) -> bool:
        """The last reply number again: firmware repeats its answer and executes nothing."""
        return packet.reply == self.last_reply

    def is_stale(self, packet: Packet) -> bool:
        """A smaller reply number is dropped, except after the largest one."""
        return packet.reply < self.last_reply and self.last_reply != LARGEST_REPLY


class SessionTable:
    """The open sessions by number."""

    def __init__(self) -> None:
        self._by_number: dict[int, Session] = {}

    def open(self, channel: Channel) -> Session:
        """A new session, or the one this channel has already."""
        for session in self._by_number.values():
            if session.channel is channel:
                return session
        number = int(time.time()) & 0xFFFF or 1
        while number in self._by_number:
            number = number % 0xFFFF + 1
        if len(self._by_number) >= MOST_SESSIONS:
            del self._by_number[next(iter(self._by_number))]
        self._by_number[number] = Session(number, channel)
        return self._by_number[number]

    def find(self, number: int) -> Session | None:
        """The session with this number, if it is open."""
        return self._by_number.get(number)

    def close(self, session: Session) -> None:
        """Free the session."""
        self._by_number.pop(session.number, None)

    def others_alive(self, channel: Channel) -> bool:
        """Whether another program is connected now."""
        return any(
            session.channel is not channel and not session.channel.closed
            for session in self._by_number.values()
        )

    def listeners(self) -> list[Session]:
        """Sessions that asked for events and can still be reached."""
        return [s for s in self._by_number.values() if s.wants_events and not s.channel.closed]

    def __len__(self) -> int:
        return len(self._by_number)
