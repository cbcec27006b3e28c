"""Emulated terminals on real sockets, for try-outs and tests."""

from attendance_edge.simulator.device import DeviceOptions
from attendance_edge.simulator.emulated_terminal import EmulatedTerminal
from attendance_edge.simulator.faults import Faults
from attendance_edge.simulator.fleet import run_fleet
from attendance_edge.simulator.fleet_options import FleetAddresses, FleetOptions, TerminalPlace
from attendance_edge.simulator.ports import PortTakenError
from attendance_edge.simulator.records import EmulatedUser

__all__ = [
    "DeviceOptions",
    "EmulatedTerminal",
    "EmulatedUser",
    "Faults",
    "FleetAddresses",
    "FleetOptions",
    "PortTakenError",
    "TerminalPlace",
    "run_fleet",
]
