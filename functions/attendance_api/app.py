"""The function behind every route that people and their programs call."""

from typing import Any

from attendance.adapters.kept_answers import AnswerStore
from attendance.bootstrap import runtime
from attendance.http.api import build_resolver, serve
from attendance_api.routes import MODULES

app = build_resolver(MODULES)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one HTTP API event."""
    parts = runtime()
    return serve(
        app,
        event,
        context,
        find_session=parts.find_session,
        logger=parts.logger,
        needs_session=_needs_session,
        answers=AnswerStore(parts.table),
        allowed_origins=parts.settings.allowed_origins,
    )


def _needs_session(path: str) -> bool:
    return path.startswith(("/v1/", "/attendance/"))
