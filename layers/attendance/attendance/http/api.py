"""From an HTTP API event to an answer: the frame around every route."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError as RouteNotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from attendance.errors import AttendanceError
from attendance.http.body import check_body
from attendance.http.failures import error_response, failure, validation_failure
from attendance.http.request import Request, read_request
from attendance.model.session import Session

BASE_PATH = "/attendancemanagement-api"
RAW_BODY_PATHS = ("/v1/imports/", "/iclock/")

FindSession = Callable[[Request], Session | None]


def build_resolver() -> APIGatewayHttpResolver:
    """A resolver that answers under both base paths, with our error bodies."""
    app = APIGatewayHttpResolver(enable_validation=True, strip_prefixes=[BASE_PATH])
    app.exception_handler(AttendanceError)(failure)
    app.exception_handler(RequestValidationError)(validation_failure)
    app.not_found(_no_such_route)
    return app


def _no_such_route(_error: RouteNotFoundError) -> Response[Any]:
    return error_response(404, "notFound", "There is no such route.")


def current_request(app: Any) -> Request:
    """The request a route is answering."""
    request: Request = app.context["request"]
    return request


def serve(
    app: APIGatewayHttpResolver,
    event: dict[str, Any],
    context: Any,
    *,
    find_session: FindSession,
    logger: Logger,
) -> dict[str, Any]:
    """Answer one event: every exception becomes an answer, and one line is logged.

    The query is never logged: it may hold a token (rest-api.md section 6).
    """
    request = read_request(event)
    request.find_session = find_session
    app.append_context(request=request)
    event["queryStringParameters"] = {k: ",".join(v) for k, v in request.query.items()}
    answer: dict[str, Any]
    try:
        if not any(part in request.path for part in RAW_BODY_PATHS):
            check_body(request)
        answer = app.resolve(event, context)
    except AttendanceError as error:
        answer = _plain(failure(error))
    except Exception:
        logger.exception("unexpected failure", request_id=request.request_id)
        answer = _plain(error_response(500, "internal", "Something on our side failed."))
    logger.info(
        "request",
        request_id=request.request_id,
        method=request.method,
        path=request.path,
        status=answer["statusCode"],
        elapsed_ms=request.elapsed_ms,
    )
    return answer


def _plain(response: Response[Any]) -> dict[str, Any]:
    return {
        "statusCode": response.status_code,
        "headers": {"Content-Type": "application/json", **response.headers},
        "body": response.body,
        "isBase64Encoded": False,
        "cookies": [],
    }
