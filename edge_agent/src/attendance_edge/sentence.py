"""What a library or the operating system said, as an operator can read it."""

import re
import socket
import ssl

_NUMBER = re.compile(r"\[Errno -?\d+\] ")
_PLACE = re.compile(r"\[[A-Z: _]+\] | \(_ssl\.c:\d+\)")


def sentence_of(error: BaseException) -> str:
    """One line without error numbers and lines of source; never empty."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    text = _PLACE.sub("", _NUMBER.sub("", str(error))).strip()
    return text.splitlines()[0] if text else type(error).__name__


def root_of(error: BaseException) -> BaseException:
    """The first error of a chain: libraries wrap what the socket said."""
    while (earlier := error.__cause__ or error.__context__) is not None:
        error = earlier
    return error


def is_name_trouble(error: BaseException) -> bool:
    """Whether a name led to no address."""
    return isinstance(root_of(error), socket.gaierror)


def is_tls_trouble(error: BaseException) -> bool:
    """Whether the other side could not prove who it is, or speaks no TLS."""
    return isinstance(root_of(error), ssl.SSLError)
