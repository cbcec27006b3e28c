"""What the command's exit says (edge-agent.md)."""

from enum import IntEnum

from attendance_edge.config import ConfigError
from attendance_edge.local_api import ApiAddressError
from attendance_edge.outbox import OutboxError
from attendance_edge.simulator import PortTakenError
from attendance_edge.terminal import TerminalError
from attendance_edge.uplink import CloudError, CloudRefusedError, NotEnrolledError


class ExitCode(IntEnum):
    """`CONFIGURATION` also stands for a command line that says nothing."""

    DONE = 0
    FAILED = 1
    CLOUD_UNREACHABLE = 2
    CONFIGURATION = 3


def exit_code_of(error: Exception) -> ExitCode | None:
    """None for an error that is a defect of the agent."""
    kinds: tuple[tuple[type[Exception], ExitCode], ...] = (
        (ConfigError, ExitCode.CONFIGURATION),
        (ApiAddressError, ExitCode.CONFIGURATION),
        (PortTakenError, ExitCode.CONFIGURATION),
        (OutboxError, ExitCode.CONFIGURATION),
        (NotEnrolledError, ExitCode.CONFIGURATION),
        (CloudRefusedError, ExitCode.FAILED),
        (CloudError, ExitCode.CLOUD_UNREACHABLE),
        (TerminalError, ExitCode.FAILED),
        (OSError, ExitCode.CONFIGURATION),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), None)
