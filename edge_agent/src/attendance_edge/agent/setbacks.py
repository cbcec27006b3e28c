"""What is kept of a conversation that failed."""

import logging
from datetime import UTC, datetime, timedelta

from attendance_edge.agent.outage import Outage
from attendance_edge.agent.terminal_mend import note_mend
from attendance_edge.instants import from_iso, utc_now
from attendance_edge.outbox import Outbox, OutboxError
from attendance_edge.terminal import TerminalBusyError, TerminalError

logger = logging.getLogger(__name__)

BUSY_FOR = timedelta(minutes=10)
"""While somebody is in its menu a terminal talks to no program: so long that is no failure."""


class Setbacks:
    """Of one terminal: logged once, kept for people and for the service's report."""

    def __init__(self, outbox: Outbox, device_id: str) -> None:
        self._outbox = outbox
        self._device_id = device_id
        self._outage = Outage(logger, f"terminal {device_id}")

    def over(self) -> None:
        """It was read."""
        self._outage.over()

    def add(self, error: Exception | str) -> str:
        """It was not read; gives the sentence why."""
        sentence = str(error)
        self._outage.goes_on(sentence)
        try:
            self._keep(error, sentence)
        except OutboxError as trouble:
            logger.error("%s", trouble)  # noqa: TRY400 - the sentence says all
        return sentence

    def _keep(self, error: Exception | str, sentence: str) -> None:
        if isinstance(error, TerminalBusyError) and self._was_read_lately():
            self._outbox.store_remark(self._device_id, sentence, utc_now())
            return
        self._outbox.store_failure(self._device_id, sentence, utc_now())
        mend = error.mend if isinstance(error, TerminalError) else ""
        note_mend(self._outbox, self._device_id, mend)

    def _was_read_lately(self) -> bool:
        state = self._outbox.device(self._device_id)
        if not state.ok or state.read_at is None:
            return False
        return abs(datetime.now(UTC) - from_iso(state.read_at)) < BUSY_FOR
