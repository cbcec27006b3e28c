"""A resolver whose routes are loaded when somebody asks for them."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver


class RoutesOnDemand(APIGatewayHttpResolver):
    """Loads the modules of a place at the first request for a path of that place.

    A function that starts for a check-in does not wait for the import of CSV files. The place of
    a path is its first part, behind the base path and `/v1`: `/v1/shifts/s1` is of `shifts`. Each
    module has a `router`.
    """

    def __init__(
        self, modules: Mapping[str, Iterable[str]], base_path: str, **options: Any
    ) -> None:
        super().__init__(strip_prefixes=[base_path], **options)
        self._waiting = dict(modules)
        self._loaded: set[str] = set()
        self._base_path = base_path

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:
        """Answer one event, with the routes of its place."""
        path = event["rawPath"].removeprefix(self._base_path).removeprefix("/v1")
        self.load(path.strip("/").partition("/")[0])
        return super().resolve(event, context)

    def get_openapi_schema(self, **options: Any) -> Any:
        """The document of all routes."""
        self.load(*self._waiting)
        return super().get_openapi_schema(**options)

    def load(self, *places: str) -> None:
        """Load the routes of places; those of an unknown place are none."""
        for place in self._waiting.keys() & places:
            fresh = set(self._waiting.pop(place)) - self._loaded
            self._loaded |= fresh
            for module in sorted(fresh):
                self.include_router(import_module(module).router)
