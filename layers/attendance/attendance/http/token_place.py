"""Where a request carries its token; the first place that has one decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from attendance.errors import InvalidError
from attendance.http.request import Request
from attendance.identity import ROOT_CODENAME

TOKEN_NAME = "workforceos-access-token"  # noqa: S105 - the name of a header and cookie
COMPANY_PREFIX = f"{TOKEN_NAME}-"

CodenameOf = Callable[[], str | None]


@dataclass(frozen=True, kw_only=True)
class FoundToken:
    """A token as the request carries it; a browser sends a cookie without being asked."""

    text: str
    by_cookie: bool = False


def cookie_name(codename: str) -> str:
    """The cookie and header of a company's token."""
    return f"{COMPANY_PREFIX}{codename}"


def find_token(request: Request, codename_of: CodenameOf) -> FoundToken | None:
    """The token of the first place that has one (rest-api.md section 1), or None.

    `codename_of` gives the codename of the company that the request names, if it names one; it
    chooses between several companies' tokens. Raises InvalidError (`companyRequired`) when
    there are several and no company is named.
    """
    for place in (_query, _bearer, _header):
        text = place(request)
        if text:
            return FoundToken(text=text)
    text = _of_company(request.headers, codename_of)
    if text:
        return FoundToken(text=text)
    text = _of_company(request.cookies, codename_of)
    return FoundToken(text=text, by_cookie=True) if text else None


def _query(request: Request) -> str | None:
    return request.first("access_token")


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _header(request: Request) -> str | None:
    return request.headers.get(TOKEN_NAME)


def _of_company(values: Mapping[str, str], codename_of: CodenameOf) -> str | None:
    tokens = {
        name.removeprefix(COMPANY_PREFIX): value
        for name, value in values.items()
        if name.startswith(COMPANY_PREFIX) and value
    }
    if len(tokens) <= 1:
        return next(iter(tokens.values()), None)
    codename = codename_of()
    if codename is None:
        raise InvalidError(
            "companyRequired", "companyId: name the company; the request has tokens of several."
        )
    return tokens.get(codename) or tokens.get(ROOT_CODENAME)
