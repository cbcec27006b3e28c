"""Events of sibling services (events.md, "In from sibling services")."""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from attendance.errors import InvalidError
from attendance.inputs.field_types import ClientId
from attendance.inputs.fields import Input
from attendance.inputs.mistakes import first_mistake


class EventDetail(Input):
    """`version` counts the changes of one object, or is an epoch time; it only has to grow."""

    company_id: ClientId
    version: Annotated[StrictInt, Field(ge=0, le=10**15)]
    data: dict[str, Any]


class DirectoryEvent(BaseModel):
    """One EventBridge event as the queue holds it."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    detail_type: Annotated[
        Literal[
            "user.upserted",
            "user.deleted",
            "shift.upserted",
            "shift.deleted",
            "shiftAssignment.upserted",
            "shiftAssignment.deleted",
        ],
        Field(alias="detail-type"),
    ]
    detail: EventDetail

    @property
    def kind(self) -> str:
        """What the event is about."""
        return self.detail_type.partition(".")[0]

    @property
    def is_deletion(self) -> bool:
        """Whether the object is gone: also where an upsert says that it is not active."""
        gone = self.detail_type.endswith(".deleted")
        return gone or self.detail.data.get("isActive") is False


def read_directory_event(text: str) -> DirectoryEvent:
    """The event of a message. Raises InvalidError for what is none."""
    try:
        return DirectoryEvent.model_validate(json.loads(text))
    except ValidationError as error:
        raise first_mistake(error.errors()) from error
    except (ValueError, RecursionError) as error:
        raise InvalidError("invalidBody", f"body: expected JSON ({error}).") from error
