"""What a terminal that calls by itself is answered (punches.md, "ADMS / iclock push")."""

ATTLOG_TABLE = "ATTLOG"
NOTHING_TO_DO = "OK"
UNKNOWN_TERMINAL = "ERROR: unknown terminal"
TOO_LARGE = "ERROR: too large"
TRY_LATER = "ERROR: try again later"
FIRST_STAMP = "0"

_OPTIONS = """\
GET OPTION FROM: {serial_number}
Stamp={stamp}
ATTLOGStamp={stamp}
OPERLOGStamp=9999
ATTPHOTOStamp=9999
ErrorDelay={delay_after_error}
Delay={delay}
TransTimes=00:00;14:05
TransInterval=1
TransFlag=1000000000
Realtime=1
Encrypt=None
"""


def greeting(serial_number: str, stamp: str, *, delay: int, delay_after_error: int = 30) -> str:
    """The options of a terminal: only the attendance log is asked for, from `stamp` on.

    A zone or a time would set the terminal's clock. Delays are seconds: between two calls for
    commands, and before a failed call is repeated.
    """
    return _OPTIONS.format(
        serial_number=serial_number,
        stamp=stamp,
        delay=delay,
        delay_after_error=delay_after_error,
    )


def confirmation(lines: int) -> str:
    """So many lines of an upload are kept for good."""
    return f"OK: {lines}"


def is_stamp(text: str) -> bool:
    """Whether a terminal's mark of how far it has sent can be kept and told it again."""
    return text.isascii() and text.isdigit() and len(text) <= 20
