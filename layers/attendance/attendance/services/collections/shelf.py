"""What every collection can do, for its routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from attendance.inputs.fields import Input
from attendance.inputs.list_query import ListQuery
from attendance.model.principal import Principal
from attendance.runtime import Runtime
from attendance.services.attempt import ALONE, Attempt
from attendance.services.rows import Rows

Shown = dict[str, Any]
Filters = Sequence[tuple[str, Sequence[str | None]]]


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who acts, with which parts of the service, and in which attempt at the request."""

    parts: Runtime
    session: Principal
    attempt: Attempt = ALONE


class Shelf(Protocol):
    """A collection of a company as its routes use it; all objects come as clients see them."""

    @property
    def data_name(self) -> str:
        """`dataName` of one object."""

    @property
    def body(self) -> type[Input]:
        """What a POST takes."""

    @property
    def changes_base(self) -> type[Input]:
        """What a PATCH takes beside the fields of the body."""

    @property
    def query(self) -> type[ListQuery]:
        """What a list takes."""

    def create(self, caller: Caller, values: Input) -> Shown:
        """A new object. Raises ConflictError when its id is taken."""

    def page(self, caller: Caller, query: Any) -> Rows[Shown]:
        """A page of the active objects that the session may see."""

    def filters(self, query: Any) -> Filters:
        """The filters that a list was asked for."""

    def get(self, caller: Caller, object_id: str) -> Shown:
        """An active object. Raises NotFoundError."""

    def change(self, caller: Caller, object_id: str, changes: dict[str, Any]) -> Shown:
        """The object with some fields changed. Raises NotFoundError, InvalidError."""

    def remove(self, caller: Caller, object_id: str) -> Shown:
        """The object's last state; it is kept, inactive. Raises NotFoundError."""

    def permissions(self, session: Principal) -> list[str]:
        """What the session may do here, for `uiPermissions`."""
