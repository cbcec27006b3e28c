"""What a write must show when only a cookie speaks for it (rest-api.md section 6)."""

from collections.abc import Collection
from urllib.parse import urlsplit

from attendance.errors import MediaTypeError, NotAuthorizedError
from attendance.http.request import Request

_READS = {"GET", "HEAD", "OPTIONS"}


def guard_cookie_write(request: Request, allowed_origins: Collection[str]) -> None:
    """Refuse a write that another site's page may have made a browser send.

    A page elsewhere can make a browser send our cookie, but neither a JSON content type nor an
    `Origin` of ours. Raises MediaTypeError or NotAuthorizedError.
    """
    if request.method in _READS:
        return
    if request.media_type != "application/json":
        raise MediaTypeError(
            "unsupportedMediaType", "A write by cookie needs Content-Type: application/json."
        )
    if not is_own_origin(request, allowed_origins):
        raise NotAuthorizedError("A write by cookie needs an Origin of this service.")


def is_own_origin(request: Request, allowed_origins: Collection[str]) -> bool:
    """Whether the page that asks is ours: an allowed origin, or the host that was asked.

    Behind a proxy that host is `X-Forwarded-Host`, which no page can set on a plain request.
    """
    origin = request.headers.get("origin", "")
    if origin in allowed_origins:
        return True
    asked = request.headers.get("x-forwarded-host") or request.headers.get("host", "")
    parts = urlsplit(origin)
    return bool(parts.netloc) and parts.scheme in {"http", "https"} and parts.netloc == asked
