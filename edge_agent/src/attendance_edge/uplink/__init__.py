"""Handing punches to the service, signed, until a receipt accounts for them."""

from attendance_edge.uplink.cloud import Cloud
from attendance_edge.uplink.enrolment import enroll
from attendance_edge.uplink.errors import (
    CloudError,
    CloudRefusedError,
    CloudUnreachableError,
    NotEnrolledError,
)
from attendance_edge.uplink.identity import AgentIdentity, load_identity
from attendance_edge.uplink.uplink import Handover, Uplink

__all__ = [
    "AgentIdentity",
    "Cloud",
    "CloudError",
    "CloudRefusedError",
    "CloudUnreachableError",
    "Handover",
    "NotEnrolledError",
    "Uplink",
    "enroll",
    "load_identity",
]
