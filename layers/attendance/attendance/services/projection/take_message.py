"""One message of the directory's queue: applied, tried again later, or put aside."""

from dataclasses import dataclass
from typing import NoReturn

from attendance.adapters.message_queue import MessageQueue
from attendance.errors import AttendanceError, InvalidError, NotAuthorizedError
from attendance.inputs.directory_event import read_directory_event
from attendance.runtime import Runtime
from attendance.services.projection.project_event import ACTOR, project_event

LAST_TRY = 12
"""With pauses of 2, 4, 8 … 900 seconds, half an hour after the first."""
LONGEST_PAUSE = 900


@dataclass(frozen=True, kw_only=True)
class Message:
    """`tries` counts how often the queue has handed the message out, this time included."""

    body: str
    receipt: str
    tries: int


class TryAgainError(Exception):
    """The message stays in the queue."""


def take_message(parts: Runtime, queue: MessageQueue, message: Message) -> None:
    """Apply the event, or put it aside with its reason: at once if it can never be applied.

    What may be applied later (a person or shift that has not come yet, a number that somebody
    else still has, a busy table) raises TryAgainError, until the last try.
    """
    try:
        _apply(parts, message.body)
    except (InvalidError, NotAuthorizedError) as error:
        _put_aside(parts, queue, message, error)
    except AttendanceError as error:
        _later(parts, queue, message, error)
    except Exception as error:
        parts.logger.exception("unexpected failure")
        _later(parts, queue, message, error)


def try_later(parts: Runtime, queue: MessageQueue, message: Message, error: Exception) -> NoReturn:
    """Raises TryAgainError, with the pause that the number of tries asks for."""
    parts.logger.info("directory event waits", reason=_told(error), tries=message.tries)
    queue.hand_out_again(message.receipt, min(2**message.tries, LONGEST_PAUSE))
    raise TryAgainError from error


def _later(parts: Runtime, queue: MessageQueue, message: Message, error: Exception) -> None:
    if message.tries < LAST_TRY:
        try_later(parts, queue, message, error)
    _put_aside(parts, queue, message, error)


def _apply(parts: Runtime, body: str) -> None:
    event = read_directory_event(body)
    applied = project_event(parts, event)
    parts.logger.info(
        "directory event",
        actor=ACTOR,
        event_type=event.detail_type,
        company_id=event.detail.company_id,
        version=event.detail.version,
        applied=applied,
    )


def _put_aside(parts: Runtime, queue: MessageQueue, message: Message, error: Exception) -> None:
    reason = _told(error)
    parts.logger.error("directory event put aside", reason=reason, tries=message.tries)
    queue.put_aside(message.body, reason)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
