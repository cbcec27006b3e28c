"""What the agent logs with a traceback is what nobody has foreseen."""

from __future__ import annotations

import logging


class Unforeseen(logging.Handler):
    """Listens while it is entered; `told` holds the tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.told.append(self.format(record))

    def __enter__(self) -> None:
        logger = logging.getLogger("attendance_edge")
        logger.propagate = False
        logger.addHandler(self)

    def __exit__(self, *_: object) -> None:
        logging.getLogger("attendance_edge").removeHandler(self)
