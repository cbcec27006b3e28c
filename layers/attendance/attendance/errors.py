"""Every way a request can be refused.

AttendanceError
  x InvalidError            400  something in the request is wrong; names the field
  x UnauthenticatedError    401  no session: loginRequired, invalidToken, invalidCredentials
  x NotAuthorizedError      401  a session that may not do this
  x NotFoundError           404  not there, or not yours; the two look the same
  x ConflictError           409  the state of things says no
  x TooLargeError           413  the body is over its limit
  x MediaTypeError          415  the body is not JSON
  x ThrottledError          429  too often; carries the seconds to wait
  x UnavailableError        503  a dependency is throttling; safe to retry
"""

from typing import ClassVar


class AttendanceError(Exception):
    """A refusal that a client can act on (rest-api.md section 3).

    `word` is the stable code word without its `errMsg_`, `detail` a sentence for a person.
    """

    status: ClassVar[int] = 500

    def __init__(self, word: str, detail: str) -> None:
        super().__init__(f"{word}: {detail}")
        self.word = word
        self.detail = detail


class InvalidError(AttendanceError):
    """Something in the request is wrong: which field, and what was expected."""

    status = 400

    def __init__(self, word: str, detail: str, field: str | None = None) -> None:
        super().__init__(word, detail)
        self.field = field


class UnauthenticatedError(AttendanceError):
    """There is no valid session behind the request."""

    status = 401


class NotAuthorizedError(AttendanceError):
    """The session's role or grants do not allow this."""

    status = 401

    def __init__(self, detail: str) -> None:
        super().__init__("notAuthorized", detail)


class NotFoundError(AttendanceError):
    """There is no such thing in the caller's company."""

    status = 404

    def __init__(self, detail: str, word: str = "notFound") -> None:
        super().__init__(word, detail)


class ConflictError(AttendanceError):
    """The request is sound, the present state refuses it."""

    status = 409


class TooLargeError(AttendanceError):
    """The body is larger than the route takes."""

    status = 413


class MediaTypeError(AttendanceError):
    """The body is not of the type the route takes."""

    status = 415


class ThrottledError(AttendanceError):
    """Too many attempts; `retry_after` is in whole seconds."""

    status = 429

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__("throttled", detail)
        self.retry_after = retry_after


class UnavailableError(AttendanceError):
    """Something the service needs is throttling or down; the same request is safe to repeat."""

    status = 503


def invalid_field(field: str, expected: str) -> InvalidError:
    """A 400 whose word and sentence name the field, as in `invalid_field("date", "YYYY-MM-DD")`."""
    leaf = "".join(
        part[:1].upper() + part[1:]
        for part in field.replace("[", ".").split(".")
        if part.isidentifier()
    )
    return InvalidError(f"invalid{leaf or 'Request'}", f"{field}: expected {expected}.", field)
