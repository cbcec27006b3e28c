"""One connection to the service: a signed batch goes up, a receipt comes back."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

import httpx

from attendance_edge.uplink import remedies
from attendance_edge.uplink.answer import Answer, new_client, send
from attendance_edge.uplink.errors import CloudUnreachableError
from attendance_edge.uplink.identity import AgentIdentity
from attendance_edge.uplink.server_clock import ServerClock
from attendance_edge.uplink.signing import Signer
from attendance_wire import BatchReceipt, PunchBatch

_UNAUTHENTICATED = 401


class Cloud:
    """Keeps its connections open; may be used from several threads."""

    def __init__(self, url: str, identity: AgentIdentity, *, clock: ServerClock) -> None:
        self._url = f"{url}/v1/punches"
        self._signer = Signer(identity)
        self._clock = clock
        self._http = new_client(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def post(self, make_batch: Callable[[], PunchBatch]) -> BatchReceipt:
        """The receipt that accounts for every row of the batch.

        A 401 that carries the service's time corrects the clock; then the batch is made anew,
        for its instants follow that clock, and posted once more. Raises
        CloudUnreachableError and CloudRefusedError; after them the batch may or may not be
        stored, so it must be sent again.
        """
        batch = make_batch()
        answer = self._send(batch.to_json())
        if answer.status == _UNAUTHENTICATED and self._learn_time(answer):
            batch = make_batch()
            answer = self._send(batch.to_json())
        if answer.status != httpx.codes.OK:
            raise answer.refusal()
        try:
            receipt = BatchReceipt.from_json(answer.content, rows=len(batch.punches))
        except ValueError as error:
            why = f" ({error})" if answer.fields() else ""
            raise CloudUnreachableError(
                f"{self._url} answered 200 without a receipt for the batch{why}: is this the "
                "attendance service?",
                mend=remedies.NO_RECEIPT,
            ) from error
        self._clock.learn(receipt.serverTime)
        return receipt

    def _send(self, body: bytes) -> Answer:
        headers = {"Content-Type": "application/json"}
        request = self._http.build_request("POST", self._url, content=body, headers=headers)
        self._signer.sign(request, self._clock.now())
        return send(self._http, request)

    def _learn_time(self, answer: Answer) -> bool:
        return self._clock.learn(answer.fields().get("serverTime"))
