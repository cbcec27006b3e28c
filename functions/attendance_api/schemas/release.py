"""The answer of a release from quarantine (rest-api.md section 7)."""

from typing import Annotated

from pydantic import Field

from attendance_api.schemas.envelope import Documented, EnvelopeSchema

_IDS = [["2026-03-06 09:15:23#principal#5#0#1"]]


class Release(Documented):
    """How many, and which."""

    released: Annotated[int, Field(examples=[1])]
    not_found: Annotated[int, Field(alias="notFound", examples=[0])]
    not_quarantined: Annotated[
        int, Field(alias="notQuarantined", description="There, but free.", examples=[0])
    ]
    left: Annotated[int, Field(description="Match the filter; ask again for them.", examples=[0])]
    released_ids: Annotated[list[str], Field(alias="releasedIds", examples=_IDS)]
    not_found_ids: Annotated[list[str], Field(alias="notFoundIds", examples=[[]])]


class ReleaseAnswer(EnvelopeSchema):
    """The punches are judged again a moment later."""

    release: Release
