"""Ships the wire package inside the agent's wheel, so that one `pip install` is the whole of it."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShipTheWire(BuildHookInterface):  # type: ignore[type-arg]
    """An editable install finds the wire package in its own folder instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add `attendance_wire` to an ordinary wheel."""
        if version != "editable":
            build_data["force_include"]["../layers/wire/attendance_wire"] = "attendance_wire"
