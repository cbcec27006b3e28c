"""What a function is told by its environment; the template sets exactly these."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`allowed_origins` are the pages that may write with only a cookie (rest-api.md section 6)."""

    table_name: str
    event_bus_name: str
    judge_queue_url: str | None
    stage: str
    app_version: str
    signing_secret_arn: str | None
    super_admin_secret_arn: str | None
    allowed_origins: tuple[str, ...]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Raises KeyError, which names the variable, when a required one is missing."""
        return cls(
            table_name=environment["TABLE_NAME"],
            event_bus_name=environment["EVENT_BUS_NAME"],
            judge_queue_url=environment.get("JUDGE_QUEUE_URL"),
            stage=environment["STAGE"],
            app_version=environment["APP_VERSION"],
            signing_secret_arn=environment.get("SIGNING_SECRET_ARN"),
            super_admin_secret_arn=environment.get("SUPER_ADMIN_SECRET_ARN"),
            allowed_origins=tuple(filter(None, environment.get("ALLOWED_ORIGINS", "").split(","))),
        )
