"""An answer over HTTP, read whole within limits of size and time."""

import json
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx

from attendance_edge.config.checks import is_loopback
from attendance_edge.sentence import sentence_of
from attendance_edge.uplink import remedies
from attendance_edge.uplink.errors import CloudError, CloudRefusedError, CloudUnreachableError

TIMEOUT = httpx.Timeout(connect=5.0, read=35.0, write=20.0, pool=5.0)
WHOLE_ANSWER_SECONDS = 60.0
LONGEST_ANSWER = 2 << 20
MOST_CONNECTIONS = 4
_WORTH_TRYING_AGAIN = (408, 425, 429)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the service, or somebody in its place, said."""

    status: int
    reason: str
    headers: httpx.Headers
    content: bytes

    def fields(self) -> dict[str, Any]:
        """The fields of a JSON object; none for anything else."""
        try:
            fields = json.loads(self.content)
        except (ValueError, RecursionError):
            return {}
        return fields if isinstance(fields, dict) else {}

    def refusal(self) -> CloudError:
        """The error for a status other than 200, with what the service said."""
        fields = self.fields()
        word = fields.get("message") or fields.get("errMsg") or self.reason
        said = f"{word}. {fields['detail']}" if fields.get("detail") else str(word)
        message = f"The service answered {self.status}: {said[:300]}"
        final = 400 <= self.status < 500 and self.status not in _WORTH_TRYING_AGAIN
        kind = CloudRefusedError if final else CloudUnreachableError
        mend = remedies.for_status(self.status)
        return kind(message, retry_after=self._retry_after(), mend=mend)

    def _retry_after(self) -> float | None:
        text = self.headers.get("Retry-After", "")
        return float(text) if text.isascii() and text.isdigit() else None


def new_client(url: str) -> httpx.Client:
    """Explicit timeouts; no redirects, which would carry a signature elsewhere.

    A proxy of the environment is used, but not on the way to this machine itself; so are
    certificates that are named there. CloudUnreachableError when the environment says nonsense.
    """
    limits = httpx.Limits(
        max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS
    )
    try:
        return httpx.Client(
            timeout=TIMEOUT,
            limits=limits,
            follow_redirects=False,
            trust_env=not is_loopback(httpx.URL(url).host),
        )
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
        raise CloudUnreachableError(
            f"There is no way to {url}: {sentence_of(error)}", mend=remedies.WRONG_ENVIRONMENT
        ) from error


def send(http: httpx.Client, request: httpx.Request) -> Answer:
    """CloudUnreachableError when there is no answer, or none that ends."""
    try:
        answer = http.send(request, stream=True)
        try:
            content = _read(answer)
        finally:
            answer.close()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CloudUnreachableError(
            f"{request.url} does not answer: {sentence_of(error)}",
            mend=remedies.for_silence(error),
        ) from error
    return Answer(
        status=answer.status_code,
        reason=answer.reason_phrase,
        headers=answer.headers,
        content=content,
    )


def _read(answer: httpx.Response) -> bytes:
    content = bytearray()
    ends = monotonic() + WHOLE_ANSWER_SECONDS
    for part in answer.iter_bytes():
        content += part
        if len(content) > LONGEST_ANSWER or monotonic() > ends:
            raise httpx.DecodingError("the answer does not end")
    return bytes(content)
