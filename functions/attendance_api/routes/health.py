"""`GET /health` and `GET /admin/health`."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.bootstrap import runtime
from attendance.http.documented import answers
from attendance.http.envelope import json_response
from attendance.services.check_health import check_health
from attendance_api.schemas.health import AdminHealthAnswer, HealthAnswer

router = Router()


@router.get(
    "/health",
    tags=["Service"],
    summary="Whether the service is up, and its version",
    responses=answers(200, HealthAnswer),
)
def get_health() -> Response[Any]:
    """Answers without asking anything else."""
    return json_response(200, {"status": "up", "version": runtime().settings.app_version})


@router.get(
    "/admin/health",
    tags=["Service"],
    summary="Whether the table and the bus answer",
    responses={
        **answers(200, AdminHealthAnswer, "Both answer."),
        **answers(503, AdminHealthAnswer, "One does not."),
    },
)
def get_admin_health() -> Response[Any]:
    """503 when one of them does not."""
    parts = runtime()
    checks = check_health(parts)
    is_up = all(checks.values())
    body = {
        "status": _word(is_up),
        "version": parts.settings.app_version,
        "checks": {name: _word(answered) for name, answered in checks.items()},
    }
    return json_response(200 if is_up else 503, body)


def _word(is_up: bool) -> str:
    return "up" if is_up else "down"
