"""Waits that end in time or raise TimeoutError: a test that ran out of time is played once more.

On a shared machine a wait that ran out says little about the product; any other failure is final
(`only_rerun` in pyproject.toml).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TypeVar

T = TypeVar("T")


def until(question: Callable[[], T], seconds: float = 20.0, *, every: float = 0.05) -> T:
    """The first true answer; raises TimeoutError when none came within `seconds`."""
    ends = monotonic() + seconds
    while not (answer := question()):
        if monotonic() > ends:
            raise TimeoutError(f"it did not come to that in {seconds} s; the last answer: {answer}")
        sleep(every)
    return answer


@contextmanager
def ends_within(seconds: float, *, at_least: float = 0.0) -> Iterator[None]:
    """Raises TimeoutError when the block takes longer; less than `at_least` is a failure."""
    began = monotonic()
    yield
    took = monotonic() - began
    assert took >= at_least, f"{took:.2f} s"
    if took > seconds:
        raise TimeoutError(f"it took {took:.2f} s, not {seconds} s at most")
