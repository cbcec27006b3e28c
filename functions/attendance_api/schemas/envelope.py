"""The success envelope (rest-api.md section 2)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""ISO 8601 in UTC, to the millisecond."""


class Documented(BaseModel):
    """A model by which answers are described and checked, never built."""

    model_config = ConfigDict(defer_build=True, extra="forbid", populate_by_name=True)


class PagingSchema(Documented):
    """Which rows a list answer holds."""

    page_number: Annotated[int, Field(alias="pageNumber", examples=[1])]
    page_row_count: Annotated[int, Field(alias="pageRowCount", examples=[25])]
    total_row_count: Annotated[int, Field(alias="totalRowCount", examples=[1])]
    page_count: Annotated[int, Field(alias="pageCount", examples=[1])]


class FilterSchema(Documented):
    """A filter that was applied."""

    name: Annotated[str, Field(examples=["status"])]
    values: Annotated[list[str | None], Field(examples=[["late"]])]


class EnvelopeSchema(Documented):
    """What stands around every object or list."""

    status: Literal["OK"]
    status_code: Annotated[Literal["200", "201"], Field(alias="statusCode")]
    elapsed_ms: Annotated[int, Field(alias="elapsedMs", examples=[12])]
    sso_time: Annotated[int, Field(alias="ssoTime", description="Ms for the session.")]
    source: Literal["db", "cache"]
    cache_key: Annotated[str | None, Field(alias="cacheKey", examples=[None])]
    user_id: Annotated[str | None, Field(alias="userId", examples=["u-ana"])]
    session_id: Annotated[str | None, Field(alias="sessionId", examples=["s-1"])]
    request_id: Annotated[
        str, Field(alias="requestId", examples=["0f1e2d3c4b5a69788796a5b4c3d2e1f0"])
    ]
    data_name: Annotated[str, Field(alias="dataName")]
    method: Annotated[str, Field(examples=["GET"])]
    action: Literal["create", "update", "get", "list", "delete"]
    app_version: Annotated[str, Field(alias="appVersion", examples=["0.1.0"])]
    row_count: Annotated[int, Field(alias="rowCount", examples=[1])]


class ListEnvelopeSchema(EnvelopeSchema):
    """What lists have besides."""

    paging: PagingSchema
    filters: list[FilterSchema]
    ui_permissions: Annotated[
        list[str], Field(alias="uiPermissions", examples=[["attendance.checkIn"]])
    ]


class ErrorSchema(Documented):
    """Every refusal (rest-api.md section 3)."""

    result: Literal["ERR"]
    status: Annotated[int, Field(examples=[400])]
    message: Annotated[str, Field(pattern="^errMsg_", examples=["errMsg_invalidShiftId"])]
    err_code: Annotated[int, Field(alias="errCode", examples=[400])]
    date: Annotated[str, Field(examples=["2026-03-06T09:15:23.000Z"])]
    detail: Annotated[str, Field(examples=["shiftId: expected a value; it is missing."])]


class AgentErrorSchema(ErrorSchema):
    """A refusal of an agent: with the time, since its clock may be what is wrong (punches.md)."""

    server_time: Annotated[str, Field(alias="serverTime", examples=["2026-03-06T09:15:23.000Z"])]


class NoLogin(Documented):
    """No session (rest-api.md section 5)."""

    status: Literal["ERR"]
    message: Literal["No login found"]
