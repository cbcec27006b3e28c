"""What can go wrong with a terminal, in words an operator can act on.

TerminalError
  x TerminalAddressError         the configured address, port, transport or comm key is none
  x TerminalUnreachableError     nothing answers there
  x TerminalBusyError            something accepts the connection and will not talk now
  x TerminalTimeoutError         the conversation did not end by its deadline
  x TerminalConnectionLostError  the terminal hung up in the middle
  x CommKeyRefusedError          the comm key is not the terminal's
  x WrongSerialError             another terminal answers at this address
  x TerminalProtocolError        an answer makes no sense
    + TerminalRefusedError       the terminal refused one command
    + UnknownLayoutError         the log's records have no layout known here
  x ForbiddenCommandError        the agent was about to send a command that it never sends
  x TerminalLeftDisabledError    the terminal may still be disabled: somebody must look
"""


class TerminalError(Exception):
    """Anything that kept a conversation with a terminal from its end; `str()` is one sentence."""


class TerminalAddressError(TerminalError, ValueError):
    """The configured address, port, transport or comm key cannot be one."""


class TerminalUnreachableError(TerminalError):
    """Nothing answers at the address: off, unplugged, another network, another port."""


class TerminalBusyError(TerminalError):
    """The terminal is there and does not talk: its menu is open or another program holds it."""


class TerminalTimeoutError(TerminalError):
    """The terminal stopped answering before the deadline of the conversation."""


class TerminalConnectionLostError(TerminalError):
    """The terminal closed or reset the connection in the middle of a conversation."""


class CommKeyRefusedError(TerminalError):
    """The terminal wants another comm key (Menu > Comm. > PC connection)."""


class WrongSerialError(TerminalError):
    """The serial number read is not the pinned one: the address belongs to another terminal now."""


class TerminalProtocolError(TerminalError):
    """An answer contradicts the protocol or itself; nothing of it was used."""


class TerminalRefusedError(TerminalProtocolError):
    """The terminal answered a command with an error code."""


class UnknownLayoutError(TerminalProtocolError):
    """No known record layout gives plausible people and times for this log."""


class ForbiddenCommandError(TerminalError):
    """A command outside the allow-list was stopped before it reached the wire."""


class TerminalLeftDisabledError(TerminalError):
    """Enabling could not be confirmed; the mark stays until a new session confirms it."""
