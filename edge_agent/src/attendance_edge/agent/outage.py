"""Trouble that lasts: logged once when it begins and once when it ends."""

import logging
from datetime import UTC, datetime


class Outage:
    """Of one thing, such as a terminal or the service."""

    def __init__(self, logger: logging.Logger, what: str) -> None:
        self._logger = logger
        self._what = what
        self._since: datetime | None = None
        self.reason: str | None = None

    def goes_on(self, reason: str) -> None:
        """It failed, for the first time or again."""
        if self._since is None:
            self._since = datetime.now(UTC)
            self._logger.warning("%s: %s", self._what, reason)
        self.reason = reason

    def over(self) -> None:
        """It works, again or as ever."""
        if self._since is not None:
            lasted = (datetime.now(UTC) - self._since).total_seconds()
            self._logger.warning("%s: works again after %.0f s", self._what, lasted)
        self._since = self.reason = None
