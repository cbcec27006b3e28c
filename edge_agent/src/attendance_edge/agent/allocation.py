"""Memory that was freed goes back to the system."""

import ctypes
import sys

_MMAP_THRESHOLD = -3
LARGE_BYTES = 32 << 10


def give_large_buffers_back() -> None:
    """Tell glibc to keep no buffer of a log once it is freed; elsewhere nothing is to be told.

    By itself it learns from the first large buffer to keep such amounts, once for each of the
    pools that it spreads threads over: a thread a terminal makes that some hundred megabytes.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, LARGE_BYTES)
