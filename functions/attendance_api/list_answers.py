"""The answer to whatever lists, and the page that it is asked for."""

from collections.abc import Sequence
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.envelope import ListParts, Paging, envelope
from attendance.inputs.list_query import ListQuery
from attendance.services.collections.shelf import Filters
from attendance.services.rows import PageWanted, Rows


def page_wanted(query: ListQuery) -> PageWanted:
    """Which rows a query is for."""
    return PageWanted(number=query.page_number, size=query.page_row_count)


def answer_list(
    router: Router,
    data_name: str,
    found: Rows[dict[str, Any]],
    query: ListQuery,
    *,
    ui_permissions: Sequence[str],
    filters: Filters = (),
    cache_key: str | None = None,
) -> Response[Any]:
    """A page under `data_name`, with paging and filters; `cache_key` tells that it was kept."""
    paging = Paging(
        page_number=query.page_number,
        page_row_count=query.page_row_count,
        total_row_count=found.total,
    )
    return envelope(
        current_request(router),
        data_name,
        list(found.rows),
        action="list",
        app_version=runtime().settings.app_version,
        source="db" if cache_key is None else "cache",
        cache_key=cache_key,
        parts=ListParts(paging=paging, filters=filters, ui_permissions=ui_permissions),
    )
