"""What can be wrong with the agent's machine, and with an agent that is no good."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attendance_edge.uplink import Cloud, CloudError
from attendance_wire import BatchReceipt

if TYPE_CHECKING:
    from datetime import tzinfo

    from attendance_wire import PunchBatch


Post = Callable[["Cloud", "Callable[[], PunchBatch]"], BatchReceipt]


def make_gullible() -> None:
    Cloud.post = believing(Cloud.post)  # type: ignore[method-assign]


def believing(post: Post) -> Post:
    """Takes every failure to post for a receipt."""

    def believed(cloud: Cloud, make_batch: Callable[[], PunchBatch]) -> BatchReceipt:
        try:
            return post(cloud, make_batch)
        except CloudError:
            rows = len(make_batch().punches)
            return BatchReceipt(accepted=rows, duplicates=0, rejected=(), serverTime="")

    return believed


def turn_the_clock(by: timedelta) -> None:
    """This machine's clock is wrong, as far as the agent's modules can see."""

    class Turned(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + by

    for name, module in list(sys.modules.items()):
        if name.startswith("attendance_edge.") and getattr(module, "datetime", None) is datetime:
            module.datetime = Turned  # type: ignore[attr-defined]
