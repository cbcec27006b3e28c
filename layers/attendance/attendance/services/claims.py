"""A transaction whose parts say what their refusal means."""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.adapters.directory import Directory
from attendance.adapters.table_errors import TransactionRefusedError
from attendance.adapters.table_requests import Write
from attendance.errors import AttendanceError


class ChangedMeanwhileError(Exception):
    """The object was written by somebody else since it was read: read it again."""


@dataclass(frozen=True)
class Claim:
    """A write, and the error that its refusal stands for; None: the object has changed."""

    write: Write
    refusal: AttendanceError | None = None


def commit(directory: Directory, claims: Sequence[Claim]) -> None:
    """All writes or none. Raises the refusal of the first that failed, or ChangedMeanwhileError."""
    try:
        directory.transact([claim.write for claim in claims])
    except TransactionRefusedError as error:
        for place in error.failed:
            refusal = claims[place].refusal
            if refusal is not None:
                raise refusal from error
        raise ChangedMeanwhileError from error
