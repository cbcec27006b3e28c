"""The query of a request, read into a model that also describes it in OpenAPI."""

from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from attendance.errors import invalid_field
from attendance.http.request import Request
from attendance.inputs.mistakes import first_mistake

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
        by_parameter = [{**told, "loc": told["loc"][:1]} for told in error.errors()]
        raise first_mistake(by_parameter) from error


def _is_list(annotation: Any) -> bool:
    return any(get_origin(option) is list for option in (annotation, *get_args(annotation)))


def _only(name: str, values: list[str]) -> str:
    if len(set(values)) > 1:
        raise invalid_field(name, "one value")
    return values[0]


def documented_by(model: type[BaseModel]) -> dict[str, str]:
    """For a route's `openapi_extensions`: which model its query is read with."""
    return {"x-query": f"{model.__module__}:{model.__qualname__}"}
