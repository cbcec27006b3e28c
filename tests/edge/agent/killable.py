"""A process to kill: takes punches as fast as it can and settles some, saying what is durable."""

import sys
from pathlib import Path

from attendance_edge.outbox import Outbox, PunchRow, StoredReading

BATCH = 20


def main(state_dir: Path, first: int) -> None:
    """Print `stored N` and `settled N` for each batch, after the call returned."""
    with Outbox(state_dir, ballast_bytes=1 << 20) as outbox:
        print("open", flush=True)
        number = first
        while True:
            rows = tuple(PunchRow(str(n), "2026-03-06 09:00:00", 1, 0) for n in batch(number))
            raw = outbox.keep_raw("gate", str(number).encode())
            outbox.store(
                StoredReading(device_id="gate", read_at="2026-03-06T15:00:00.000Z", punches=rows),
                [raw],
            )
            print(f"stored {number}", flush=True)
            if number % 2:
                queued = outbox.queued(BATCH)
                outbox.settle([one.seq for one in queued])
                print("settled " + " ".join(one.row.user_id for one in queued), flush=True)
            number += 1


def batch(number: int) -> range:
    """The user ids of a batch."""
    return range(number * BATCH, (number + 1) * BATCH)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
