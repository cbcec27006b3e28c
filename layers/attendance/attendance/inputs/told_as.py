"""Fields of bodies that are read as they come, and described as a model is."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class ToldAs:
    """`Annotated[dict[str, Any], ToldAs(model)]`: the JSON schema is that of the model.

    For what another check than pydantic's reads, such as a policy. `model` is called when the
    body's own schema is built.
    """

    def __init__(self, model: Callable[[], type[BaseModel]]) -> None:
        self._model = model

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            lambda value: value,
            handler(source),
            json_schema_input_schema=handler.generate_schema(self._model()),
        )
