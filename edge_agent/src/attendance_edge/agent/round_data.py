"""A round as plain data, for JSON."""

from typing import Any

from attendance_edge.agent.outcome import Outcome
from attendance_edge.agent.round import Round
from attendance_edge.uplink import NotEnrolledError


def round_data(result: Round, queued: int) -> dict[str, Any]:
    """Keys are those of `attendance-edge poll --json`; `queued` is what waits after the round."""
    handover = result.handover
    terminals = sorted((_terminal(one) for one in result.outcomes), key=lambda t: t["device_id"])
    error = handover.error
    return {
        "ok": error is None and all(one["ok"] for one in terminals),
        "terminals": terminals,
        "uplink": {
            "ok": error is None,
            "error": str(error) if error else None,
            "mend": error.mend if error else None,
            "enrolled": not isinstance(error, NotEnrolledError),
            "accepted": handover.accepted,
            "duplicates": handover.duplicates,
            "rejected": handover.rejected,
            "queued": queued,
        },
    }


def _terminal(outcome: Outcome) -> dict[str, Any]:
    reading = outcome.reading
    return {
        "device_id": outcome.device.id,
        "device_name": outcome.device.name,
        "ok": reading is not None,
        "error": outcome.error,
        "serial_number": reading.serial_number if reading else None,
        "transport": reading.transport if reading else None,
        "method": reading.method if reading else None,
        "records_on_device": reading.records_on_device if reading else None,
        "new": outcome.added,
        "quarantined": len(reading.quarantined) if reading else 0,
        "clock_offset_seconds": reading.clock_offset_seconds if reading else None,
        "remarks": list(reading.remarks) if reading else [],
        "seconds": round(outcome.seconds, 3),
    }
