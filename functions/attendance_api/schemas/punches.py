"""Punches in both shapes (punches.md, rest-api.md section 7)."""

from typing import Annotated, Literal

from pydantic import Field

from attendance_api.schemas.envelope import Documented, ListEnvelopeSchema

_WALL_TIME = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"


class ShownPunch(Documented):
    """A punch as terminals' readers know it."""

    user_id: Annotated[str, Field(description="The device number.", examples=["5"])]
    timestamp: Annotated[str, Field(pattern=_WALL_TIME, examples=["2026-03-06 09:15:23"])]
    status: Annotated[int, Field(description="How it was verified.", examples=[1])]
    punch: Annotated[int, Field(description="The direction key.", examples=[0])]
    device_id: Annotated[str, Field(examples=["principal"])]
    device_name: Annotated[str, Field(examples=["Entrada Principal"])]


class AttendanceAllAnswer(Documented):
    """Without an envelope, as its document has it."""

    success: Literal[True]
    total: Annotated[int, Field(description="Rows returned.", examples=[1])]
    errors: Annotated[
        dict[str, str],
        Field(description="Devices whose last report failed.", examples=[{"bodega": "timed out"}]),
    ]
    data: list[ShownPunch]
    completeness: Annotated[
        dict[str, str | None],
        Field(
            description="Per device, the instant (UTC) before which nothing is missing.",
            examples=[{"principal": "2026-03-06T09:20:00.000Z"}],
        ),
    ]
    next: Annotated[str | None, Field(description="For the following page.", examples=[None])]


class ReleaseNote(Documented):
    """Who took a punch out of quarantine, when and why."""

    actor: Annotated[str, Field(examples=["user:u-mia"])]
    at: Annotated[str, Field(examples=["2026-03-06T09:20:00.000Z"])]
    reason: Annotated[str, Field(examples=["the clock was wrong"])]


class ListedPunch(ShownPunch):
    """A punch with what became of it."""

    id: Annotated[str, Field(examples=["2026-03-06 09:15:23#principal#5#0#1"])]
    uid: Annotated[int | None, Field(examples=[7])]
    log_index: Annotated[int | None, Field(examples=[3])]
    received_at: Annotated[str, Field(alias="receivedAt", examples=["2026-03-06T09:16:00.000Z"])]
    released: Annotated[bool, Field(description="Taken out of quarantine.", examples=[False])]
    release: Annotated[
        ReleaseNote | None, Field(description="Who let it out of quarantine.", examples=[None])
    ]
    matched: Annotated[bool, Field(description="A record took it.", examples=[True])]
    outcome: Annotated[str | None, Field(description="Null until judged.", examples=["applied"])]
    matched_user_id: Annotated[str | None, Field(alias="userId", examples=["u-ana"])]
    shift_id: Annotated[str | None, Field(alias="shiftId", examples=["s-1"])]


class PunchesAnswer(ListEnvelopeSchema):
    """A page of punches."""

    punches: list[ListedPunch]
