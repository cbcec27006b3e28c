"""A small memory that forgets: by age, and the oldest first when it is full."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

ValueT = TypeVar("ValueT")


class ShortCache(Generic[ValueT]):
    """Values kept for `seconds`, at most `size` of them."""

    def __init__(
        self, *, seconds: float, size: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._size = size
        self._clock = clock
        self._kept: OrderedDict[object, tuple[float, ValueT]] = OrderedDict()

    def get(self, key: object) -> ValueT | None:
        """The value, or None when it was never kept, is too old, or was pushed out."""
        kept = self._kept.get(key)
        if kept is None or self._clock() - kept[0] >= self._seconds:
            return None
        return kept[1]

    def put(self, key: object, value: ValueT) -> ValueT:
        """Keep a value from now on; gives it back."""
        self._kept[key] = (self._clock(), value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return value

    def forget(self, key: object) -> None:
        """Drop one value."""
        self._kept.pop(key, None)

    def clear(self) -> None:
        """Drop everything."""
        self._kept.clear()
