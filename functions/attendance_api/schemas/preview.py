"""The answer of the preview (rest-api.md section 7)."""

from typing import Annotated

from pydantic import Field

from attendance.inputs.policy_model import policy_model
from attendance_api.schemas.envelope import Documented, EnvelopeSchema
from attendance_api.schemas.verdicts import VerdictShown


class PreviewCount(Documented):
    """So many records would go from one status to another; null is no record."""

    from_: Annotated[str | None, Field(alias="from", examples=["present"])]
    to: Annotated[str | None, Field(examples=["late"])]
    records: Annotated[int, Field(examples=[12])]


class PreviewChange(Documented):
    """One record that would change."""

    id: str
    user_id: Annotated[str, Field(alias="userId")]
    shift_id: Annotated[str, Field(alias="shiftId")]
    shift_date: Annotated[str, Field(alias="shiftDate")]
    from_: Annotated[VerdictShown | None, Field(alias="from")]
    to: VerdictShown | None


class Preview(Documented):
    """What a policy would change."""

    date_from: Annotated[str, Field(alias="dateFrom", examples=["2026-03-01"])]
    date_to: Annotated[str, Field(alias="dateTo", examples=["2026-03-31"])]
    policy: policy_model()  # type: ignore[valid-type]  # made from the rules' own fields
    records_looked_at: Annotated[int, Field(alias="recordsLookedAt", examples=[240])]
    records_changed: Annotated[int, Field(alias="recordsChanged", examples=[12])]
    counts: list[PreviewCount]
    changes: list[PreviewChange]
    changes_left_out: Annotated[
        int, Field(alias="changesLeftOut", description="Beyond the first 1,000.", examples=[0])
    ]


class PreviewAnswer(EnvelopeSchema):
    """Nothing is stored."""

    preview: Preview
