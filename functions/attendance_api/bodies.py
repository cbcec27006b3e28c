"""The fields that the bodies of check-in, check-out and mark-absent share."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from attendance.inputs.field_types import Instant, StatusWord

_Text = Annotated[StrictStr, Field(max_length=2000)]


class RecordBody(BaseModel):
    """The document's optional fields; the route says which of them the server decides itself."""

    model_config = ConfigDict(defer_build=True, populate_by_name=False, extra="ignore")

    check_out_time: Annotated[
        Instant | None, Field(alias="checkOutTime", examples=["2026-03-06T17:00:00Z"])
    ] = None
    status: Annotated[StatusWord | None, Field(description="Decided by the server.")] = None
    late_by_minutes: Annotated[
        StrictInt | None, Field(alias="lateByMinutes", description="Decided by the server.")
    ] = None
    absence_reason: Annotated[_Text | None, Field(alias="absenceReason")] = None
    manager_note: Annotated[_Text | None, Field(alias="managerNote")] = None

    def __repr__(self) -> str:
        """The names of what was given: a library may log a body, and never its content."""
        return f"{type(self).__name__}({', '.join(self.model_fields_set)})"

    def given(self, *names: str) -> tuple[str, ...]:
        """Of these fields, those that came with a value, by their JSON names."""
        fields = type(self).model_fields
        return tuple(fields[n].alias or n for n in names if getattr(self, n) is not None)
