"""A queue that hands out messages: one put aside with its reason, one handed out later."""

from typing import Any

from botocore.config import Config
from botocore.session import Session

LONGEST_REASON = 1_000
CONFIG = Config(
    connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3}
)


class MessageQueue:
    """A queue with its dead-letter queue; the client is made at the first use.

    Both verbs raise botocore's errors; the queue then hands the message out again by itself.
    """

    def __init__(self, url: str, dead_letter_url: str, region: str) -> None:
        self._url = url
        self._dead_letter_url = dead_letter_url
        self._region = region
        self._client: Any = None

    def put_aside(self, body: str, reason: str) -> None:
        """Send a body to the dead-letter queue with the attribute `reason`."""
        text = "".join(c if c.isprintable() else "?" for c in reason)[:LONGEST_REASON]
        self._sqs().send_message(
            QueueUrl=self._dead_letter_url,
            MessageBody=body,
            MessageAttributes={"reason": {"DataType": "String", "StringValue": text or "unknown"}},
        )

    def hand_out_again(self, receipt: str, seconds: int) -> None:
        """Keep a message that is being worked on hidden for so long, then give it again."""
        self._sqs().change_message_visibility(
            QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=seconds
        )

    def _sqs(self) -> Any:
        if self._client is None:
            self._client = Session().create_client("sqs", region_name=self._region, config=CONFIG)
        return self._client
