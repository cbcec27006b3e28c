"""What goes from a site to the service: an agent's batches, a terminal's uploads (punches.md)."""

from attendance_wire.attlog import AttlogUpload, PushedPunch, UnreadableLine, parse_attlog
from attendance_wire.batch import DeviceReport, Punch, PunchBatch
from attendance_wire.enrollment import Enrollment, EnrollmentRequest
from attendance_wire.receipt import BatchReceipt, Rejection
from attendance_wire.signature import (
    COVERED_COMPONENTS,
    MAX_CLOCK_SKEW_SECONDS,
    SIGNATURE_ALGORITHM,
    SIGNATURE_LABEL,
)

MAX_BATCH_PUNCHES = 1000

__all__ = [
    "COVERED_COMPONENTS",
    "MAX_BATCH_PUNCHES",
    "MAX_CLOCK_SKEW_SECONDS",
    "SIGNATURE_ALGORITHM",
    "SIGNATURE_LABEL",
    "AttlogUpload",
    "BatchReceipt",
    "DeviceReport",
    "Enrollment",
    "EnrollmentRequest",
    "Punch",
    "PunchBatch",
    "PushedPunch",
    "Rejection",
    "UnreadableLine",
    "parse_attlog",
]
