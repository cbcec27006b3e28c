"""The time between two readings of a terminal: waited for, or listened through."""

import logging
import threading
import time

from attendance_edge.agent.outage import Outage
from attendance_edge.agent.terminal_reader import TerminalReader
from attendance_edge.outbox import OutboxError
from attendance_edge.terminal import TerminalError

logger = logging.getLogger(__name__)

SHORTEST_SECONDS = 1.0
"""Readings follow each other no closer, however many people punch."""


class Between:
    """For one terminal. What it tells only hastens the next reading; nothing is taken from it."""

    def __init__(self, reader: TerminalReader, stop: threading.Event) -> None:
        self._reader = reader
        self._stop = stop
        self._outage = Outage(logger, f"listening to terminal {reader.device.id}")

    def wait(self, seconds: float, *, may_listen: bool) -> None:
        """Until the next reading is due, a punch was heard, or the agent stops."""
        ends = time.monotonic() + seconds
        self._stop.wait(min(seconds, SHORTEST_SECONDS))
        if not (may_listen and self._reader.device.live):
            self._stop.wait(max(0.0, ends - time.monotonic()))
            return
        while not self._stop.is_set() and (left := ends - time.monotonic()) > 0:
            if self._hears_a_punch(left):
                return

    def _hears_a_punch(self, seconds: float) -> bool:
        try:
            heard = self._reader.listen(seconds, self._stop.is_set)
        except (TerminalError, OutboxError) as error:
            self._outage.goes_on(str(error))
            self._stop.wait(seconds)
            return False
        self._outage.over()
        return heard
