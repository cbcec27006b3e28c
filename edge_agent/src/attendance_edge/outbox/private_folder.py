"""The state folder: for its owner only, and always the same one."""

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from attendance_edge.outbox.errors import OutboxError
from attendance_edge.sentence import sentence_of

_PROBE_BYTES = 4096
ANOTHER_USER = (
    "Always run the agent as the same user, without sudo; `sudo chown -R USER state` gives a "
    "state folder back to its user."
)


def make_private_folder(folder: Path) -> None:
    """A folder that only its owner can enter, whatever it was before.

    Raises OutboxError when it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32":
            with suppress(PermissionError):
                folder.chmod(0o700)
    except OSError as error:
        raise unusable(error) from error


def require_writable(folder: Path) -> None:
    """Raise OutboxError unless something can be kept in the folder now."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_PROBE_BYTES))
            probe.flush()
    except OSError as error:
        raise unusable(error) from error


def unusable(error: OSError) -> OutboxError:
    """The error for a state folder that is no folder, or another user's."""
    if isinstance(error, FileExistsError | NotADirectoryError) and error.filename:
        return OutboxError(f"The state folder cannot be used: {error.filename} is no folder.")
    advice = f" {ANOTHER_USER}" if isinstance(error, PermissionError) else ""
    return OutboxError(f"The state folder cannot be used: {sentence_of(error)}.{advice}")
