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
    """Anything that kept a conversation with a terminal from its end; `str()` is one sentence.

    `mend` tells a person what to do about it.
    """

    mend = "Switch the terminal off and on; if it stays so, report its model and firmware."


class TerminalAddressError(TerminalError, ValueError):
    """The configured address, port, transport or comm key cannot be one."""

    mend = "Correct the terminal's address, port, transport or comm_key in edge.toml."


class TerminalUnreachableError(TerminalError):
    """Nothing answers at the address: off, unplugged, another network, another port."""

    mend = (
        "Is it on and its cable in, and is this the address in its menu? `attendance-edge "
        "discover` lists the terminals of a network."
    )


class TerminalBusyError(TerminalError):
    """The terminal is there and does not talk: its menu is open or another program holds it."""

    mend = "Leave its menu, and end other programs that talk with it."


class TerminalTimeoutError(TerminalError):
    """The terminal stopped answering before the deadline of the conversation."""

    mend = (
        "Is somebody in its menu, or its network overloaded? A long first reading may need a "
        "larger deadline_seconds. If it stays so, switch it off and on."
    )


class TerminalConnectionLostError(TerminalError):
    """The terminal closed or reset the connection in the middle of a conversation."""

    mend = (
        "Another program may have taken the terminal over: end it. Else look at cable and network."
    )


class CommKeyRefusedError(TerminalError):
    """The terminal wants another comm key (Menu > Comm. > PC connection)."""

    mend = "Write the number from the terminal's menu (Comm., PC connection) as its comm_key."


class WrongSerialError(TerminalError):
    """The serial number read is not the pinned one: the address belongs to another terminal now."""

    mend = (
        "Correct its address; a terminal that stands in for another one needs an entry with an id "
        "of its own."
    )


class TerminalProtocolError(TerminalError):
    """An answer contradicts the protocol or itself; nothing of it was used."""


class TerminalRefusedError(TerminalProtocolError):
    """The terminal answered a command with an error code."""


class UnknownLayoutError(TerminalProtocolError):
    """No known record layout gives plausible people and times for this log."""

    mend = "Send the files in the state folder's raw/ to support."


class ForbiddenCommandError(TerminalError):
    """A command outside the allow-list was stopped before it reached the wire."""


class TerminalLeftDisabledError(TerminalError):
    """Enabling could not be confirmed; the mark stays until a new session confirms it."""

    mend = "Go and look whether people can punch; the agent goes on trying to enable it."
