"""The answer of the preview (rest-api.md section 7)."""

from typing import Annotated, Any

from pydantic import Field

from attendance_api.schemas.envelope import Documented, EnvelopeSchema

_VERDICT = {"status": "late", "lateByMinutes": 6}


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
    from_: Annotated[dict[str, Any] | None, Field(alias="from", examples=[None])]
    to: Annotated[dict[str, Any] | None, Field(examples=[_VERDICT])]


class Preview(Documented):
    """What a policy would change."""

    date_from: Annotated[str, Field(alias="dateFrom", examples=["2026-03-01"])]
    date_to: Annotated[str, Field(alias="dateTo", examples=["2026-03-31"])]
    policy: Annotated[dict[str, Any], Field(examples=[{"lateGraceMinutes": 5}])]
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
