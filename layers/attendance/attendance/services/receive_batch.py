"""A whole upload of an agent: its terminals' health, then its punches (punches.md)."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from attendance.errors import InvalidError, invalid_field
from attendance.inputs.mistakes import first_mistake
from attendance.inputs.told_as import ToldAs
from attendance.runtime import Runtime
from attendance.services.authenticate_agent import Agent
from attendance.services.check_punch_rows import PunchRow, check_row
from attendance.services.ingest_punches import Origin, Receipt, ingest_punches
from attendance.services.report_devices import (
    DeviceReport,
    Instant,
    active_devices,
    register_devices,
    report_devices,
)

MAX_PUNCHES = 1000
MAX_DEVICES = 500

_Row = Annotated[Any, ToldAs(lambda: PunchRow)]


class Batch(BaseModel):
    """The frame of an upload; its punches are looked at one by one."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")

    batch_id: Annotated[str, Field(alias="batchId", min_length=1, max_length=128)]
    sent_at: Annotated[Instant, Field(alias="sentAt")]
    devices: Annotated[list[DeviceReport], Field(max_length=MAX_DEVICES)]
    punches: Annotated[list[_Row], Field(max_length=MAX_PUNCHES)]


def receive_batch(
    parts: Runtime, agent: Agent, body: Any, *, request_id: str, now: datetime
) -> Receipt:
    """Keep the reports and the punches of one upload.

    Raises InvalidError, which names the field, when the frame or a report is malformed: then
    nothing is stored. A malformed punch is rejected by its index, and the rest is stored.
    """
    batch = _frame(body)
    rows = [check_row(row) for row in batch.punches]
    known = active_devices(parts.directory, agent.company)
    devices = report_devices(parts.directory, agent, batch.devices, now, request_id, known)
    unknown = {row.device_id for row in rows if isinstance(row, PunchRow)} - devices.keys()
    if unknown:
        devices |= register_devices(parts.directory, agent, unknown, now)
    origin = Origin(
        agent=agent,
        batch_id=batch.batch_id,
        request_id=request_id,
        read_at={report.device_id: min(report.read_at, now) for report in batch.devices},
        now=now,
    )
    return ingest_punches(parts.punches, rows, devices, origin)


def _frame(body: Any) -> Batch:
    if not isinstance(body, dict):
        raise invalid_field("body", "an object with batchId, sentAt, devices and punches")
    try:
        return Batch.model_validate(body)
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False)
        leaf = next(part for part in reversed(told[0]["loc"]) if isinstance(part, str))
        mistake = first_mistake(told)
        word = f"invalid{leaf[:1].upper()}{leaf[1:]}"
        raise InvalidError(word, mistake.detail, mistake.field) from error
