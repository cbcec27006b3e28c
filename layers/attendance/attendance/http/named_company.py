"""The company a request names (rest-api.md section 1)."""

from attendance.errors import invalid_field
from attendance.http.request import Request


def named_company(request: Request) -> str | None:
    """The header `companyId`, else the query's; any text.

    Raises InvalidError (400) when two names differ.
    """
    header = request.headers.get("companyid")
    names = {name for name in (header, *request.query.get("companyId", [])) if name}
    if len(names) > 1:
        raise invalid_field("companyId", "the same company in header and query")
    return names.pop() if names else None
