"""Emptying the outbox, batch by batch, each row by its receipt only."""

import logging
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from attendance_edge.config import DeviceConfig
from attendance_edge.instants import to_iso
from attendance_edge.outbox import Outbox, QueuedPunch
from attendance_edge.uplink.answer import MOST_CONNECTIONS
from attendance_edge.uplink.batches import present_reports, reports_for, split, wire_punch
from attendance_edge.uplink.cloud import Cloud
from attendance_edge.uplink.errors import CloudError
from attendance_edge.uplink.server_clock import ServerClock
from attendance_wire import MAX_BATCH_PUNCHES, BatchReceipt, DeviceReport, PunchBatch

logger = logging.getLogger(__name__)

FOREIGN_DEVICE = "foreignDevice"
"""Refused until a person gives the terminal to this agent, so it is tried again (punches.md)."""
TRY_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Handover:
    """What one emptying achieved; `error` says why it ended early, None when it did not."""

    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    batches: int = 0
    error: CloudError | None = None

    def plus(self, receipt: BatchReceipt) -> "Handover":
        """With one more receipt."""
        return Handover(
            accepted=self.accepted + receipt.accepted,
            duplicates=self.duplicates + receipt.duplicates,
            rejected=self.rejected + len(receipt.rejected),
            batches=self.batches + 1,
            error=self.error,
        )

    def ended_by(self, error: CloudError) -> "Handover":
        """With the error that ended it."""
        return Handover(**{**self.__dict__, "error": self.error or error})


class Uplink:
    """Hands over what is queued. Used from one thread; posts up to four batches at once."""

    def __init__(
        self,
        outbox: Outbox,
        cloud: Cloud,
        devices: dict[str, DeviceConfig],
        clock: ServerClock,
        *,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._outbox = outbox
        self._cloud = cloud
        self._devices = devices
        self._clock = clock
        self._stopping = stopping

    def hand_over(self) -> Handover:
        """Everything queued, then a report on every terminal; ends at the first error.

        Nothing leaves the outbox but by a receipt that names it.
        """
        handover = Handover()
        self._try_foreign_again()
        with ThreadPoolExecutor(MOST_CONNECTIONS, "uplink") as pool:
            after = 0
            while not handover.error and not self._stopping():
                queued = self._outbox.queued(MAX_BATCH_PUNCHES * MOST_CONNECTIONS, after=after)
                if not queued:
                    break
                after = queued[-1].seq
                batches = list(split(queued))
                for start in range(0, len(batches), MOST_CONNECTIONS):
                    handover = self._post_together(
                        pool, batches[start : start + MOST_CONNECTIONS], handover
                    )
                    if handover.error or self._stopping():
                        break
        return handover if handover.error or self._stopping() else self._report(handover)

    def _try_foreign_again(self) -> None:
        before = to_iso(datetime.now(UTC) - TRY_AGAIN_AFTER)
        limit = MAX_BATCH_PUNCHES * MOST_CONNECTIONS
        self._outbox.queue_again(FOREIGN_DEVICE, before=before, limit=limit)

    def _post_together(
        self, pool: ThreadPoolExecutor, batches: list[tuple[QueuedPunch, ...]], so_far: Handover
    ) -> Handover:
        for sent in [pool.submit(self._post, batch) for batch in batches]:
            try:
                so_far = so_far.plus(sent.result())
            except CloudError as error:
                so_far = so_far.ended_by(error)
        return so_far

    def _post(self, batch: tuple[QueuedPunch, ...]) -> BatchReceipt:
        states = self._outbox.last_contacts()

        def message() -> PunchBatch:
            reports = reports_for(batch, self._devices, states, self._clock)
            return self._message(reports, batch)

        receipt = self._cloud.post(message)
        refused = {one.index: one.reason for one in receipt.rejected}
        for index, reason in refused.items():
            punch = batch[index]
            level = logging.DEBUG if reason == FOREIGN_DEVICE else logging.WARNING
            logger.log(level, "%s refused: %s: %s", punch.device_id, punch.row, reason)
        self._tell_foreign(
            {batch[i].device_id for i, why in refused.items() if why == FOREIGN_DEVICE}
        )
        self._outbox.settle(
            (one.seq for index, one in enumerate(batch) if index not in refused),
            ((batch[index].seq, reason) for index, reason in refused.items()),
        )
        return receipt

    def _tell_foreign(self, device_ids: set[str]) -> None:
        for device_id in sorted(device_ids):
            logger.warning(
                "%s belongs to another agent: its punches are refused, and tried again in an hour",
                device_id,
            )

    def _report(self, handover: Handover) -> Handover:
        states = self._outbox.devices()

        def message() -> PunchBatch:
            return self._message(present_reports(self._devices, states, self._clock), ())

        if not message().devices:
            return handover
        try:
            self._cloud.post(message)
        except CloudError as error:
            return handover.ended_by(error)
        return handover

    def _message(
        self, reports: tuple[DeviceReport, ...], batch: tuple[QueuedPunch, ...]
    ) -> PunchBatch:
        return PunchBatch(
            batchId=str(uuid.uuid4()),
            sentAt=to_iso(self._clock.now()),
            devices=reports,
            punches=tuple(wire_punch(one) for one in batch),
        )
