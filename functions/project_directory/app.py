"""Keeps people, shifts and assignments as sibling services tell them (events.md)."""

import os
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from attendance.adapters.message_queue import MessageQueue
from attendance.bootstrap import runtime
from attendance.errors import UnavailableError
from attendance.services.projection.take_message import Message, take_message, try_later

ENOUGH_MS = 12_000
"""A message may wait 8 s for the company's roster; with less time left it is begun next time."""


def lambda_handler(event: dict[str, Any], context: Any) -> Any:
    """Work through a batch of the queue; answers which messages it has to hand out again."""
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

    def take(record: SQSRecord) -> None:
        parts, queue, message = runtime(), _queue(), _message(record)
        if context.get_remaining_time_in_millis() < ENOUGH_MS:
            try_later(parts, queue, message, UnavailableError("throttled", "No time left."))
        take_message(parts, queue, message)

    return process_partial_response(
        event=event, record_handler=take, processor=processor, context=context
    )


def _message(record: SQSRecord) -> Message:
    tries = int(record.attributes.approximate_receive_count)
    return Message(body=record.body, receipt=record.receipt_handle, tries=tries)


@cache
def _queue() -> MessageQueue:
    return MessageQueue(
        os.environ["DIRECTORY_QUEUE_URL"],
        os.environ["DIRECTORY_DEAD_LETTER_URL"],
        os.environ["AWS_REGION"],
    )
