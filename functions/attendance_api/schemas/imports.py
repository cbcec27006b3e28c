"""What an import is answered."""

from typing import Annotated

from pydantic import Field

from attendance_api.schemas.envelope import Documented, EnvelopeSchema


class BadRowSchema(Documented):
    """A row that was not taken; line 1 is the header."""

    line: Annotated[int, Field(examples=[3])]
    field: Annotated[str | None, Field(examples=["email"])]
    reason: Annotated[str, Field(examples=["email: expected an e-mail address."])]


class ImportSchema(Documented):
    """How many rows there are, are good, and are stored now."""

    rows: Annotated[int, Field(examples=[2])]
    good: Annotated[int, Field(examples=[1])]
    bad: list[BadRowSchema]
    dry_run: Annotated[bool, Field(alias="dryRun", examples=[False])]
    applied: Annotated[int, Field(examples=[1])]


class ImportAnswer(EnvelopeSchema):
    """The envelope around it."""

    import_: Annotated[ImportSchema, Field(alias="import")]
