"""What an earlier reading learnt about a terminal's log, so that the next one can be cheap."""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

OVERLAP_RECORDS = 16


@dataclass(frozen=True, kw_only=True)
class KnownLog:
    """Opaque to its keeper: hand back to `read_terminal` what the last `Reading` gave.

    `tail` holds the raw bytes of the last `OVERLAP_RECORDS` records (fewer in a shorter log);
    `size` and `digest` are the terminal's own for the whole dataset; `full_compared_at` is the
    aware UTC instant of the last whole reading; `reads_tails` is False for a terminal that does
    not serve parts of its log, `digest_tells` says whether its digest was seen to change with its
    log (None: not known yet).
    """

    serial_number: str
    firmware: str
    record_count: int
    size: int
    digest: int
    layout: str
    tail: bytes
    full_compared_at: datetime
    clock_offset_seconds: float | None
    reads_tails: bool = True
    digest_tells: bool | None = None

    def to_json(self) -> str:
        """JSON text for a table or file."""
        values = asdict(self)
        values["tail"] = base64.b64encode(self.tail).decode()
        values["full_compared_at"] = self.full_compared_at.isoformat()
        return json.dumps(values)

    @classmethod
    def from_json(cls, text: str) -> "KnownLog | None":
        """The log that `to_json` wrote, or None for any other text: then all is read anew."""
        try:
            return cls._from_values(json.loads(text))
        except (ValueError, TypeError, KeyError, RecursionError, binascii.Error):
            return None

    @classmethod
    def _from_values(cls, values: dict[str, Any]) -> "KnownLog":
        values = dict(values)
        values["tail"] = base64.b64decode(values["tail"], validate=True)
        values["full_compared_at"] = datetime.fromisoformat(values["full_compared_at"])
        if values["full_compared_at"].tzinfo is None:
            raise ValueError("full_compared_at has no zone")
        return cls(**values)
