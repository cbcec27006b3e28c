"""All terminals at once, each in a thread of its own."""

import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue

from attendance_edge.agent.large_logs import Room
from attendance_edge.agent.outcome import Outcome
from attendance_edge.agent.terminal_reader import TerminalReader
from attendance_edge.config import Config
from attendance_edge.outbox import Outbox


class Fleet:
    """The readers of a configuration, by device id; none for a terminal without an address."""

    def __init__(self, config: Config, outbox: Outbox) -> None:
        room = Room()
        self.readers = {
            device.id: TerminalReader(device, outbox, config.deadline_seconds, room)
            for device in config.devices
            if device.address is not None
        }

    def read_all(self, *, full: bool = False, disable: bool | None = None) -> Iterator[Outcome]:
        """Outcomes in the order the terminals finish; ends when all have, or met their deadline.

        Large logs take turns (`large_logs.py`), each with a deadline of its own.
        """
        outcomes: SimpleQueue[Outcome] = SimpleQueue()

        def read(reader: TerminalReader) -> Callable[[], None]:
            return lambda: outcomes.put(reader.read(full=full, disable=disable))

        for reader in self.readers.values():
            threading.Thread(
                target=read(reader), name=f"read {reader.device.id}", daemon=True
            ).start()
        for _ in self.readers:
            yield outcomes.get()

    def enable_marked(self, wait_seconds: float) -> None:
        """Let people punch everywhere again; each terminal in its own thread."""
        threads = [
            threading.Thread(target=reader.enable_if_marked, args=(wait_seconds,), daemon=True)
            for reader in self.readers.values()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
