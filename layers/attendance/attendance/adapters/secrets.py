"""Secrets of AWS Secrets Manager, read when needed and kept for five minutes."""

from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from attendance.adapters.short_cache import ShortCache
from attendance.errors import UnavailableError


class Secrets:
    """Reads secret strings by their ARN."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._client: Any = None
        self._cache: ShortCache[str] = ShortCache(seconds=300, size=8)

    def read(self, arn: str) -> str:
        """The secret string. Raises UnavailableError when it cannot be read."""
        kept = self._cache.get(arn)
        if kept is not None:
            return kept
        try:
            answer = self._connect().get_secret_value(SecretId=arn)
        except (BotoCoreError, ClientError) as error:
            raise UnavailableError("unavailable", "A secret cannot be read; try again.") from error
        return self._cache.put(arn, str(answer["SecretString"]))

    def _connect(self) -> Any:
        if self._client is None:
            config = Config(
                connect_timeout=2, read_timeout=5, retries={"mode": "standard", "max_attempts": 3}
            )
            self._client = botocore.session.Session().create_client(
                "secretsmanager", region_name=self._region, config=config
            )
        return self._client
