"""The cookie that carries a session to the page's own service (rest-api.md section 6)."""

from datetime import datetime

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from attendance.http.request import Request
from attendance.http.token_place import cookie_name


def session_cookie(request: Request, codename: str, token: str, seconds: int) -> Cookie:
    """HttpOnly, SameSite=Lax, and Secure unless the request came over plain http."""
    return Cookie(
        name=cookie_name(codename),
        value=token,
        path="/",
        secure=request.headers.get("x-forwarded-proto", "https") != "http",
        http_only=True,
        max_age=seconds,
        same_site=SameSite.LAX_MODE,
    )


def ended_cookie(request: Request, codename: str) -> Cookie:
    """The cookie that makes a browser forget the session."""
    return session_cookie(request, codename, "", 0)


def seconds_until(expires_at: datetime | None, now: datetime) -> int:
    """Whole seconds from now to an instant; 0 when it is over."""
    return 0 if expires_at is None else max(0, int((expires_at - now).total_seconds()))
