"""The query of a request, read into a model that also describes it in OpenAPI."""

from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from attendance.errors import invalid_field
from attendance.http.failures import first_mistake
from attendance.http.fields import Flag, WholeNumber
from attendance.http.request import Request

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
        Flag, Field(description="Accepted; lists always come from the table (`source` is db).")
    ] = True
    cache_ttl: Annotated[
        WholeNumber, Field(alias="cacheTTL", ge=0, le=MAX_CACHE_SECONDS, description="Seconds.")
    ] = 300


QueryT = TypeVar("QueryT", bound=BaseModel)


def read_query(request: Request, model: type[QueryT]) -> QueryT:
    """The query as `model` has it; names it does not know are ignored.

    Raises InvalidError naming the parameter, also for one that is given twice and is not a list.
    """
    given: dict[str, str | list[str]] = {}
    for name, field in model.model_fields.items():
        alias = field.alias or name
        values = request.query.get(alias)
        if values is not None:
            given[alias] = values if _is_list(field.annotation) else _only(alias, values)
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise first_mistake(error.errors()) from error


def _is_list(annotation: Any) -> bool:
    return any(get_origin(option) is list for option in (annotation, *get_args(annotation)))


def _only(name: str, values: list[str]) -> str:
    if len(set(values)) > 1:
        raise invalid_field(name, "one value")
    return values[0]


def documented_by(model: type[BaseModel]) -> dict[str, str]:
    """For a route's `openapi_extensions`: which model its query is read with."""
    return {"x-query": f"{model.__module__}:{model.__qualname__}"}
