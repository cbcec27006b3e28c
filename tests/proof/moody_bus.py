"""EventBridge as it may answer: some entries refused, throttled whole, or accepted unheard."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError

from attendance.adapters.bus import EventBus

FINE, THROTTLED, LOST = "fine", "throttled", "lost"
UNBEARABLE = "unbearable"
"""An event with this word is refused always, by itself."""

Mood = str | frozenset[int]
"""Of one call: one of the words above, or the places of the entries that are refused."""


class _Raw(BytesIO):
    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


class MoodyBus:
    """Takes a real client's calls in their order; `moods` run out into FINE."""

    def __init__(self) -> None:
        self.moods: Iterator[Mood] = iter(())
        self.accepted: list[dict[str, Any]] = []
        self.unbearable = UNBEARABLE

    def answer(self, request: Any, **_: Any) -> AWSResponse:
        """Registered where botocore sends."""
        mood = next(self.moods, FINE)
        if mood == THROTTLED:
            return _response(request, 400, {"__type": "ThrottlingException"})
        refused = frozenset() if isinstance(mood, str) else mood
        results = [
            self._take(entry, refused=place in refused)
            for place, entry in enumerate(json.loads(request.body)["Entries"])
        ]
        if mood == LOST:
            raise ConnectionClosedError(endpoint_url=request.url)
        failed = sum("ErrorCode" in result for result in results)
        return _response(request, 200, {"FailedEntryCount": failed, "Entries": results})

    def _take(self, entry: dict[str, Any], *, refused: bool) -> dict[str, str]:
        if refused or self.unbearable in entry["Detail"]:
            return {"ErrorCode": "InternalFailure", "ErrorMessage": "a fault of the test"}
        self.accepted.append({"type": entry["DetailType"], **json.loads(entry["Detail"])})
        return {"EventId": str(len(self.accepted))}


def _response(request: Any, status: int, body: dict[str, Any]) -> AWSResponse:
    content = json.dumps(body).encode()
    headers = {"content-type": "application/x-amz-json-1.1", "content-length": str(len(content))}
    return AWSResponse(request.url, status, headers, _Raw(content))


@contextmanager
def moody_bus(bus: EventBus) -> Iterator[MoodyBus]:
    """The service's own client, answered here."""
    moody, events = MoodyBus(), bus._bus().meta.events
    events.register("before-send.events", moody.answer)
    try:
        yield moody
    finally:
        events.unregister("before-send.events", moody.answer)
