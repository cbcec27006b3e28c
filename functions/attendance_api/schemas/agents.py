"""What agents and terminals are answered (punches.md)."""

from typing import Annotated

from pydantic import Field

from attendance_api.schemas.envelope import Documented, EnvelopeSchema, ListEnvelopeSchema


class Rejected(Documented):
    """A row that was not taken."""

    index: int
    reason: Annotated[str, Field(examples=["malformed user_id: Input should be a valid string"])]


class Receipt(Documented):
    """Every row of a batch is accepted, a duplicate or rejected; accepted means stored."""

    accepted: int
    duplicates: int
    rejected: list[Rejected]
    server_time: Annotated[str, Field(alias="serverTime")]


class Enrolled(Documented):
    """An agent whose key is known now."""

    agent_id: Annotated[str, Field(alias="agentId")]
    company_id: Annotated[str, Field(alias="companyId")]
    server_time: Annotated[str, Field(alias="serverTime")]


class Assignment(Documented):
    """A person on a shift."""

    user_id: Annotated[str, Field(alias="userId")]
    shift_id: Annotated[str, Field(alias="shiftId")]


class AssignmentsAnswer(EnvelopeSchema):
    """The people that were added, set or taken off."""

    assignments: list[Assignment]


class AssignmentsList(ListEnvelopeSchema):
    """A page of the people on a shift."""

    assignments: list[Assignment]


class PushToken(Documented):
    """By what a terminal that calls by itself is known."""

    id: Annotated[str, Field(examples=["principal"])]
    device_id: Annotated[str, Field(alias="deviceId", examples=["principal"])]
    token: Annotated[str, Field(examples=["Wq3n0cVYxk2m8T5hJd7RbA"])]
    path: Annotated[
        str,
        Field(
            description="Where the terminal is to call.",
            examples=["/iclock/Wq3n0cVYxk2m8T5hJd7RbA/"],
        ),
    ]


class PushTokenAnswer(EnvelopeSchema):
    """A terminal's token, shown this once."""

    push_token: Annotated[PushToken, Field(alias="pushToken")]
