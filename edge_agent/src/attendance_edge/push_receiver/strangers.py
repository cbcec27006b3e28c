"""Terminals that called and were refused: logged once each, the latest remembered for people."""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass

from attendance_edge.instants import utc_now
from attendance_edge.outbox import Outbox, OutboxError

logger = logging.getLogger(__name__)

MOST = 100
LONGEST = 64
_NAME = "refused caller"


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """What it said its serial number was, from where, and when (UTC, ISO 8601)."""

    serial_number: str
    client: str
    at: str


class Strangers:
    """Of one listener; whoever makes up serial numbers fills neither the log nor the disk."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._told: set[str] = set()

    def refused(self, serial_number: str, client: str) -> None:
        """A terminal that no `[[device]]` names has called."""
        shown = serial_number[:LONGEST]
        if shown in self._told or len(self._told) >= MOST:
            return
        self._told.add(shown)
        logger.warning(
            "refused a terminal that calls from %s: no [[device]] with serial_number %r there",
            client,
            shown,
        )
        stranger = Stranger(serial_number=shown, client=client, at=utc_now())
        with suppress(OutboxError):
            self._outbox.keep_note(_NAME, json.dumps(asdict(stranger)))


def read_stranger(notes: Mapping[str, str]) -> Stranger | None:
    """The latest one, from the outbox's notes."""
    kept = notes.get(_NAME)
    return None if kept is None else Stranger(**json.loads(kept))
