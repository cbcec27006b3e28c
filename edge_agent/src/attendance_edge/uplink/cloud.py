"""One connection to the service: a signed batch goes up, a receipt comes back."""

import json
from types import TracebackType
from typing import Any, Self

import httpx
from attendance_wire import BatchReceipt, PunchBatch

from attendance_edge.uplink.errors import CloudError, CloudRefusedError, CloudUnreachableError
from attendance_edge.uplink.identity import AgentIdentity
from attendance_edge.uplink.server_clock import ServerClock
from attendance_edge.uplink.signing import Signer

TIMEOUT = httpx.Timeout(connect=5.0, read=35.0, write=20.0, pool=5.0)
LONGEST_ANSWER = 2 << 20
MOST_CONNECTIONS = 4
_TOO_MANY, _UNAUTHENTICATED, _TIMED_OUT, _TOO_EARLY = 429, 401, 408, 425


class Cloud:
    """Keeps its connections open; may be used from several threads."""

    def __init__(self, url: str, identity: AgentIdentity, *, clock: ServerClock) -> None:
        self._url = f"{url}/v1/punches"
        self._signer = Signer(identity)
        self._clock = clock
        self._http = new_client()

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

    def post(self, batch: PunchBatch) -> BatchReceipt:
        """The receipt that accounts for every row of the batch.

        A 401 that carries the service's time corrects the clock for signatures, once. Raises
        CloudUnreachableError and CloudRefusedError; after them the batch may or may not be
        stored, so it must be sent again.
        """
        body = batch.to_json()
        answer = self._send(body)
        if answer.status_code == _UNAUTHENTICATED and self._learn_time(answer):
            answer = self._send(body)
        if answer.status_code != httpx.codes.OK:
            raise refusal(answer)
        try:
            receipt = BatchReceipt.from_json(answer.content, rows=len(batch.punches))
        except ValueError as error:
            raise CloudUnreachableError(
                f"{self._url} answered 200 without a receipt for the batch ({error}): is this the "
                "attendance service?"
            ) from error
        self._clock.learn(receipt.serverTime)
        return receipt

    def _send(self, body: bytes) -> httpx.Response:
        headers = {"Content-Type": "application/json"}
        request = self._http.build_request("POST", self._url, content=body, headers=headers)
        self._signer.sign(request, self._clock.now())
        return send(self._http, request)

    def _learn_time(self, answer: httpx.Response) -> bool:
        return self._clock.learn(_fields(answer).get("serverTime"))


def new_client() -> httpx.Client:
    """Explicit timeouts; no redirects, which would carry a signature elsewhere."""
    limits = httpx.Limits(
        max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS
    )
    return httpx.Client(timeout=TIMEOUT, limits=limits, follow_redirects=False)


def send(http: httpx.Client, request: httpx.Request) -> httpx.Response:
    """The whole answer, read; CloudUnreachableError when there is none."""
    try:
        answer = http.send(request, stream=True)
        try:
            _read(answer)
        finally:
            answer.close()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise CloudUnreachableError(f"{request.url} does not answer: {reason}") from error
    return answer


def _read(answer: httpx.Response) -> None:
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > LONGEST_ANSWER:
            raise httpx.DecodingError("the answer is too long")
    answer._content = bytes(content)  # noqa: SLF001


def refusal(answer: httpx.Response) -> CloudError:
    """The error for an answer that is not 200, with what the service said."""
    status = answer.status_code
    fields = _fields(answer)
    said = fields.get("message") or fields.get("errMsg") or answer.reason_phrase
    message = f"The service answered {status}: {str(said)[:300]}"
    retry_after = _retry_after(answer)
    if 400 <= status < 500 and status not in (_TOO_MANY, _TIMED_OUT, _TOO_EARLY):
        return CloudRefusedError(message, retry_after=retry_after)
    return CloudUnreachableError(message, retry_after=retry_after)


def _fields(answer: httpx.Response) -> dict[str, Any]:
    try:
        fields = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _retry_after(answer: httpx.Response) -> float | None:
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else None
