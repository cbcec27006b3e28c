"""Reading terminals in parallel, and keeping what they say."""

from attendance_edge.agent.fleet import Fleet
from attendance_edge.agent.outcome import Outcome
from attendance_edge.agent.terminal_reader import TerminalReader

__all__ = ["Fleet", "Outcome", "TerminalReader"]
