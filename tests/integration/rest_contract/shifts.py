"""Shifts made as clients make them."""

import uuid
from datetime import UTC, datetime, timedelta

from tests.integration.attendance_api.world import World


def lay_out(
    world: World,
    starts_in: timedelta = -timedelta(minutes=30),
    *,
    lasts: timedelta = timedelta(hours=2),
    people: tuple[str, ...] = ("ana", "mia"),
) -> str:
    """A shift that begins so far from now, with people on it; gives its id."""
    starts = datetime.now(UTC).replace(second=0, microsecond=0) + starts_in
    ends = starts + lasts
    body = {
        "shiftDate": f"{starts:%Y-%m-%d}",
        "startTime": f"{starts:%H:%M}",
        "endTime": f"{ends:%H:%M}",
        "timezone": "UTC",
    }
    made = world.post("mia", "/v1/shifts", {"shiftId": f"s-{uuid.uuid4().hex[:8]}", **body})
    shift_id: str = made.body["shift"]["id"]
    if people:
        path = f"/v1/shifts/{shift_id}/assignments"
        assert world.post("mia", path, {"userIds": list(people)}).status == 201
    return shift_id
