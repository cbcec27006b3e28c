"""What helps a function to start fast; a function's `start` module is made of it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """Load in this block what stays: the garbage collector neither looks at it now nor later.

    A start makes a million objects and drops few; looking through them again and again is a
    seventh of its time (performance.md section 1.3).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
