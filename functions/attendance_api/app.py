"""The function behind every route that people and their programs call."""

from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from attendance.adapters.kept_answers import AnswerStore
from attendance.bootstrap import runtime
from attendance.http.api import build_resolver, serve
from attendance_api.routes import ROUTERS

app: APIGatewayHttpResolver = build_resolver()
for router in ROUTERS:
    app.include_router(router)


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
