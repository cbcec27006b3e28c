"""From an HTTP API event to an answer: the frame around every route."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError as RouteNotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestUnsupportedContentType,
    RequestValidationError,
)

from attendance.adapters.kept_answers import AnswerStore
from attendance.errors import AttendanceError
from attendance.http.answer_once import answer_once, asks_once
from attendance.http.body import check_body
from attendance.http.cors import allow_origin, preflight
from attendance.http.failures import error_response, failure, validation_failure
from attendance.http.request import Request, read_request
from attendance.http.routes_on_demand import RoutesOnDemand
from attendance.model.session import Session

BASE_PATH = "/attendancemanagement-api"
RAW_BODY_PATHS = ("/v1/imports/", "/iclock/")

FindSession = Callable[[Request], Session | None]


def build_resolver(modules: Mapping[str, Iterable[str]] | None = None) -> RoutesOnDemand:
    """A resolver that answers under both base paths, with our error bodies.

    `modules` are those that it loads when one of their paths is asked for.
    """
    app = RoutesOnDemand(modules or {}, BASE_PATH, enable_validation=True)
    app.exception_handler(AttendanceError)(failure)
    app.exception_handler(RequestValidationError)(validation_failure)
    app.exception_handler(RequestUnsupportedContentType)(_unsupported)
    app.not_found(_no_such_route)
    return app


def _unsupported(_error: RequestUnsupportedContentType) -> Response[Any]:
    return error_response(415, "unsupportedMediaType", "Send the body as application/json.")


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
    needs_session: Callable[[str], bool] = lambda _path: False,
    answers: AnswerStore | None = None,
    allowed_origins: Collection[str] = (),
) -> dict[str, Any]:
    """Answer one event: every exception becomes an answer, and one line is logged.

    Paths that `needs_session` names are refused without one before anything else is looked at;
    `answers` keeps answers for `Idempotency-Key`; `allowed_origins` are other pages' that may
    call. The query is never logged: it may hold a token (rest-api.md section 6).
    """
    request = read_request(event)
    request.find_session = find_session
    app.append_context(request=request)
    event["queryStringParameters"] = {k: ",".join(v) for k, v in request.query.items()}
    if request.media_type:
        event["headers"] = {**request.headers, "content-type": request.media_type}
    route = request.path.removeprefix(BASE_PATH)
    try:
        answer = preflight(request, allowed_origins)
        if answer is None:
            _check(request, needs_session(route))
            answer = _resolved(app, event, context, request, answers)
    except AttendanceError as error:
        answer = _plain(failure(error))
    except Exception:
        logger.exception("unexpected failure", request_id=request.request_id)
        answer = _plain(error_response(500, "internal", "Something on our side failed."))
    _log(logger, request, answer)
    return allow_origin(answer, request, allowed_origins)


def _check(request: Request, needs_session: bool) -> None:
    if needs_session:
        request.session()
    if not any(part in request.path for part in RAW_BODY_PATHS):
        check_body(request)


def _resolved(
    app: APIGatewayHttpResolver,
    event: dict[str, Any],
    context: Any,
    request: Request,
    answers: AnswerStore | None,
) -> dict[str, Any]:
    if answers is None or not asks_once(request):
        return app.resolve(event, context)
    route = request.path.removeprefix(BASE_PATH)
    return answer_once(request, route, answers, lambda: app.resolve(event, context))


def _log(logger: Logger, request: Request, answer: dict[str, Any]) -> None:
    logger.info(
        "request",
        request_id=request.request_id,
        gateway_id=request.gateway_id,
        method=request.method,
        path=request.logged_path,
        status=answer["statusCode"],
        elapsed_ms=request.elapsed_ms,
    )


def _plain(response: Response[Any]) -> dict[str, Any]:
    return {
        "statusCode": response.status_code,
        "headers": {"Content-Type": "application/json", **response.headers},
        "body": response.body,
        "isBase64Encoded": False,
        "cookies": [],
    }
