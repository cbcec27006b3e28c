"""The query parameters that gets and lists share (rest-api.md section 1)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from attendance.inputs.field_types import Flag, WholeNumber

MAX_PAGE_ROWS = 500
MAX_CACHE_SECONDS = 86_400


class JoinsQuery(BaseModel):
    """Parameters that every get and list takes (rest-api.md section 1)."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore", defer_build=True)

    get_joins: Annotated[
        Flag, Field(alias="getJoins", description="False: main fields only, no joined objects.")
    ] = True
    exclude_cqrs: Annotated[
        Flag,
        Field(
            alias="excludeCQRS",
            description="True: leave out the joins that are copies of other services' objects.",
        ),
    ] = False

    @property
    def joins(self) -> bool:
        """Whether `user` and `shift` go with a record: both are kept as copies (projections)."""
        return self.get_joins and not self.exclude_cqrs


class ListQuery(JoinsQuery):
    """Parameters that every list takes besides."""

    page_number: Annotated[
        WholeNumber,
        Field(alias="pageNumber", ge=0, description="0: everything, up to 10,000 rows or 5 MB."),
    ] = 1
    page_row_count: Annotated[WholeNumber, Field(alias="pageRowCount", ge=1, le=MAX_PAGE_ROWS)] = 25
    caching: Annotated[
        Flag,
        Field(
            description="False: always from the table. Lists of attendance records may otherwise "
            "be answered from a cache (`source`), while the company's lists are as they were."
        ),
    ] = True
    cache_ttl: Annotated[
        WholeNumber,
        Field(
            alias="cacheTTL",
            ge=0,
            le=MAX_CACHE_SECONDS,
            description="How old an answer from the cache may be, in seconds.",
        ),
    ] = 300
