"""Readies a function for its first request."""

from collections.abc import Iterable
from contextlib import suppress

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from attendance.adapters.public_keys import PublicKeys
from attendance.errors import AttendanceError
from attendance.http.request import read_request


def prime(
    app: APIGatewayHttpResolver, routes: Iterable[tuple[str, str]], public_keys: PublicKeys
) -> None:
    """Load routes (method and path), build their bodies, and connect to the table.

    One row is read. A table that cannot be reached is the first request's to tell.
    """
    for method, path in routes:
        _rehearse(app, method, path)
    with suppress(AttendanceError):
        public_keys.prepare()


def _rehearse(app: APIGatewayHttpResolver, method: str, path: str) -> None:
    """A request of nobody with nothing in it: it is refused once its body has been read."""
    event = {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json"},
        "requestContext": {"http": {"method": method, "path": path}, "stage": "$default"},
        "body": "{}",
        "isBase64Encoded": False,
    }
    app.append_context(request=read_request(event))
    app.resolve(event, None)  # type: ignore[arg-type]  # nobody asks for Lambda's context
