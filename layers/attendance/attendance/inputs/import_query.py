"""The query of `POST /v1/imports/…` (rest-api.md section 7)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from attendance.inputs.field_types import Flag


class ImportQuery(BaseModel):
    """How a file is taken."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore", defer_build=True)

    dry_run: Annotated[Flag, Field(alias="dryRun", description="True: nothing is stored.")] = False
    all_or_nothing: Annotated[
        Flag, Field(alias="allOrNothing", description="True: no row is taken if one is bad.")
    ] = False
