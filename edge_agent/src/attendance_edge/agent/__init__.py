"""Reading terminals in parallel, and keeping what they say."""

from attendance_edge.agent.fleet import Fleet
from attendance_edge.agent.terminal_reader import Outcome, TerminalReader

__all__ = ["Fleet", "Outcome", "TerminalReader"]
