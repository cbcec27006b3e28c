"""The terminals of `edge.toml`."""

from typing import Any, cast

from attendance_edge.config import checks
from attendance_edge.config.model import DeviceConfig
from attendance_edge.config.section import Notes, Section
from attendance_edge.terminal import TerminalAddress
from attendance_edge.terminal.address import TransportChoice


def read_devices(notes: Notes, values: Any, *, may_call: bool) -> tuple[DeviceConfig, ...]:
    """Every `[[device]]`; with `may_call` one with a serial number needs no address."""
    if not isinstance(values, list) or not values:
        notes.add("device", "expected at least one [[device]]", table="device")
        return ()
    sections = [Section(notes, "device", one, number) for number, one in enumerate(values)]
    _refuse_twins(sections)
    return tuple(_device(section, may_call) for section in sections)


def _device(section: Section, may_call: bool) -> DeviceConfig:
    device_id = section.text("id", None, checks.device_id)
    serial_number = section.text("serial_number", "", checks.serial_number)
    device = DeviceConfig(
        id=device_id,
        name=section.text("name", device_id, checks.device_name),
        address=_address(section, is_required=not (may_call and serial_number)),
        timezone=section.text("timezone", None, checks.zone),
        serial_number=serial_number,
        live=section.flag("live", False),
        disable_during_read=section.flag("disable_during_read", False),
    )
    section.nothing_else()
    return device


def _address(section: Section, *, is_required: bool) -> TerminalAddress | None:
    host = section.text("address", None if is_required else "", checks.host)
    port = section.whole("port", 4370, 1, 65_535)
    transport = section.choice("transport", ("tcp", "udp", "auto"), "auto")
    comm_key = section.whole("comm_key", 0, 0, 999_999)
    if not host or checks.host(host):
        return None
    return TerminalAddress(
        host=host, port=port, transport=cast(TransportChoice, transport), comm_key=comm_key
    )


def _refuse_twins(sections: list[Section]) -> None:
    """One id a terminal, and one terminal an address: two conversations would fight."""
    ids: dict[Any, str] = {}
    places: dict[Any, str] = {}
    for section in sections:
        values = section.values
        name = str(values.get("id"))
        if name in ids:
            section.mistake("id", f"{name!r} is taken by {ids[name]}; expected another id")
        ids.setdefault(name, section.name)
        place = f"{values.get('address')}:{values.get('port', 4370)}"
        if "address" in values and place in places:
            section.mistake("address", f"{place} is {places[place]} already")
        places.setdefault(place, section.name)
