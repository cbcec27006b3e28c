"""Emulated terminals on real sockets, for try-outs and tests."""

from attendance_edge.simulator.device import DeviceOptions
from attendance_edge.simulator.emulated_terminal import EmulatedTerminal
from attendance_edge.simulator.faults import Faults
from attendance_edge.simulator.records import EmulatedUser

__all__ = ["DeviceOptions", "EmulatedTerminal", "EmulatedUser", "Faults"]
