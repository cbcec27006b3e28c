"""Waits that end in time or raise TimeoutError: a test that ran out of time is played once more.

On a shared machine a wait that ran out says little about the product; any other failure is final
(`only_rerun` in pyproject.toml).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, process_time, sleep
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
    """Raises TimeoutError when the block takes longer; less than `at_least` is a failure.

    What other programs take from this one is not counted.
    """
    began = monotonic()
    yield
    took = monotonic() - began
    assert took >= at_least, f"{took:.2f} s"
    if took > seconds and took > seconds * crowding():
        raise TimeoutError(f"it took {took:.2f} s, not {seconds} s at most")


def crowding(cpu_seconds: float = 0.3) -> float:
    """How many times longer than alone work takes now: 1 on a quiet machine."""
    began, ends = monotonic(), process_time() + cpu_seconds
    while process_time() < ends:
        sum(range(1000))
    return max(1.0, (monotonic() - began) / cpu_seconds)
