"""The part of a running agent that talks to the service, in a thread of its own."""

import logging
import threading
from collections import Counter

from attendance_edge.agent.outage import Outage
from attendance_edge.agent.uplink_trouble import note_trouble
from attendance_edge.config import Config
from attendance_edge.instants import utc_now
from attendance_edge.outbox import Outbox, OutboxError
from attendance_edge.uplink import (
    Cloud,
    CloudError,
    CloudRefusedError,
    Handover,
    NotEnrolledError,
    Uplink,
    load_identity,
)
from attendance_edge.uplink.backoff import Backoff
from attendance_edge.uplink.server_clock import ServerClock

logger = logging.getLogger(__name__)

GATHERING_SECONDS = 0.2
"""Terminals are read at the same time: what they bring goes up together."""


class UplinkLoop:
    """Hands over when woken, and once a poll anyway, so that the reports stay fresh."""

    def __init__(self, config: Config, outbox: Outbox, stop: threading.Event) -> None:
        self._config = config
        self._outbox = outbox
        self._stop = stop
        self._wake = threading.Event()
        self._clock = ServerClock()
        self._cloud: Cloud | None = None
        self._backoff = Backoff()
        self._outage = Outage(logger, "the service")
        self._one_at_a_time = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.last_success: str | None = None
        self._thread = threading.Thread(target=self._run, name="uplink", daemon=True)

    @property
    def error(self) -> str | None:
        """Why nothing goes up now; None while it does."""
        return self._outage.reason

    @property
    def clock_offset_seconds(self) -> float:
        """The service's clock minus this machine's."""
        return self._clock.offset.total_seconds()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Something new is in the outbox."""
        self._wake.set()

    def hand_over(self) -> Handover:
        """Now, in the caller's thread, after one that is under way; CloudError when nothing can."""
        with self._one_at_a_time:
            handover = self._uplink().hand_over()
            self._count(handover)
        return handover

    def tick(self) -> float:
        """One handover; gives the seconds to wait before the next may be tried."""
        try:
            self._outbox.recover_space()
            handover = self.hand_over()
        except (CloudError, OutboxError) as error:
            return self._failed(error)
        except Exception as error:
            logger.exception("handing over failed in an unforeseen way")
            return self._failed(CloudError(f"unforeseen: {error!r}"))
        if handover.error is not None:
            return self._failed(handover.error)
        self._outage.over()
        note_trouble(self._outbox, None)
        self._backoff.succeeded()
        self.last_success = utc_now()
        return 0.0

    def end(self, wait_seconds: float) -> None:
        """After the stop event: wait for the batch that is under way."""
        self._wake.set()
        self._thread.join(wait_seconds)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._config.poll_seconds)
            self._stop.wait(GATHERING_SECONDS)
            self._wake.clear()
            if not self._stop.is_set():
                self._stop.wait(self.tick())
        self._hang_up()

    def _uplink(self) -> Uplink:
        if self._cloud is None:
            identity = load_identity(self._config.state_dir)
            self._cloud = Cloud(self._config.cloud_url, identity, clock=self._clock)
        devices = {device.id: device for device in self._config.devices}
        return Uplink(self._outbox, self._cloud, devices, self._clock, stopping=self._stop.is_set)

    def _failed(self, error: CloudError | OutboxError) -> float:
        self._outage.goes_on(str(error))
        note_trouble(self._outbox, error)
        if isinstance(error, CloudRefusedError):
            self._hang_up()
        if isinstance(error, NotEnrolledError):
            return min(self._config.poll_seconds, 5.0)
        return self._backoff.failed(getattr(error, "retry_after", None))

    def _hang_up(self) -> None:
        """The next handover loads the identity anew: somebody may have enrolled again."""
        with self._one_at_a_time:
            if self._cloud is not None:
                self._cloud.close()
            self._cloud = None

    def _count(self, handover: Handover) -> None:
        for outcome in ("accepted", "duplicates", "rejected", "batches"):
            self.counts[outcome] += getattr(handover, outcome)
