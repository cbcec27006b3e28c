"""The queue over which many people to judge are spread."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from attendance.errors import UnavailableError
from attendance.model.judge_task import JudgeTask

MESSAGES_A_CALL = 10
CONFIG = Config(
    connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3}
)


class JudgeQueue:
    """Sends tasks; its client is made at the first use."""

    def __init__(self, url: str | None, region: str) -> None:
        self._url = url
        self._region = region
        self._client: Any = None

    def send(self, tasks: Iterable[JudgeTask], *, delay_seconds: int = 0) -> int:
        """Send all tasks; how many. They are handed out after the delay.

        Raises UnavailableError unless the queue took every one; sending again is harmless.
        """
        rest, sent = iter(tasks), 0
        while portion := list(islice(rest, MESSAGES_A_CALL)):
            entries = [
                {"Id": str(i), "MessageBody": task.to_json(), "DelaySeconds": delay_seconds}
                for i, task in enumerate(portion)
            ]
            self._send(entries)
            sent += len(portion)
        return sent

    def _send(self, entries: list[dict[str, Any]]) -> None:
        try:
            answer = self._sqs().send_message_batch(QueueUrl=self._url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise UnavailableError("throttled", "The queue is busy; try again.") from error
        if answer.get("Failed"):
            raise UnavailableError("throttled", "The queue did not take every task; try again.")

    def _sqs(self) -> Any:
        if self._client is None:
            self._client = Session().create_client("sqs", region_name=self._region, config=CONFIG)
        return self._client
