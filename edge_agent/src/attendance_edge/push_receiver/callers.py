"""Which terminal calls: by its serial number, and from where it says it lives."""

import ipaddress
from collections.abc import Iterable

from attendance_edge.config import DeviceConfig
from attendance_edge.outbox import Outbox


class Callers:
    """Terminals of the configuration, found by the serial number written there or pinned."""

    def __init__(self, devices: Iterable[DeviceConfig], outbox: Outbox) -> None:
        self._devices = tuple(devices)
        self._outbox = outbox

    def find(self, serial_number: str, client: str) -> DeviceConfig | None:
        """None for a serial number that is not known, or another address than the configured."""
        if not serial_number:
            return None
        states = self._outbox.devices()
        for device in self._devices:
            pinned = states[device.id].serial_number if device.id in states else ""
            if (device.serial_number or pinned) == serial_number:
                return device if _may_come_from(device, client) else None
        return None


def _may_come_from(device: DeviceConfig, client: str) -> bool:
    """A terminal with a fixed address sends from nowhere else; a name is not looked up."""
    if device.address is None:
        return True
    try:
        expected = ipaddress.ip_address(device.address.host)
        found = ipaddress.ip_address(client)
    except ValueError:
        return True
    mapped = getattr(found, "ipv4_mapped", None)
    return expected in (found, mapped)
