"""Why nothing goes up, remembered on disk: `status` and `doctor` run in other processes."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass

from attendance_edge.instants import utc_now
from attendance_edge.outbox import Outbox, OutboxError
from attendance_edge.uplink import CloudError, CloudRefusedError, NotEnrolledError

_NAME = "uplink trouble"


@dataclass(frozen=True, kw_only=True)
class UplinkTrouble:
    """`since` in UTC, ISO 8601; a refusal is an answer that trying again does not change.

    `mend` is what a person can do.
    """

    error: str
    since: str
    is_refusal: bool
    mend: str = ""


def note_trouble(outbox: Outbox, error: Exception | None) -> None:
    """Remember how the last handover ended; writes only when that changed."""
    wanted = error if isinstance(error, CloudError) else None
    if isinstance(error, OutboxError) or isinstance(wanted, NotEnrolledError):
        return
    with suppress(OutboxError):
        kept = outbox.note(_NAME) or ""
        before = _read(kept)
        if wanted is None:
            if before is not None:
                outbox.keep_note(_NAME, "")
            return
        is_refusal = isinstance(wanted, CloudRefusedError)
        if before is None or (before.error, before.is_refusal) != (str(wanted), is_refusal):
            since = before.since if before else utc_now()
            trouble = UplinkTrouble(
                error=str(wanted), since=since, is_refusal=is_refusal, mend=wanted.mend
            )
            outbox.keep_note(_NAME, json.dumps(asdict(trouble)))


def read_trouble(notes: Mapping[str, str]) -> UplinkTrouble | None:
    """What was remembered, from the outbox's notes."""
    return _read(notes.get(_NAME, ""))


def _read(kept: str) -> UplinkTrouble | None:
    return UplinkTrouble(**json.loads(kept)) if kept else None
