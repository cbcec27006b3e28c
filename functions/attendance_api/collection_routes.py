"""The five routes that every collection has (rest-api.md section 7)."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.envelope import envelope
from attendance.http.query import documented_by, read_query
from attendance.inputs.fields import Input
from attendance.inputs.list_query import JoinsQuery
from attendance.inputs.partial import changes_in, partial_of
from attendance.services.collections.shelf import Caller, Shelf, Shown
from attendance_api.list_answers import answer_list
from attendance_api.schemas.directory import list_answer, one_answer, plural_of

TAG = "Directory"


def collection_router(path: str, shelf: Shelf) -> Router:
    """A router with POST, GET list, GET one, PATCH and DELETE of a collection."""
    router = Router()
    add_create(router, path, shelf)
    add_list(router, path, shelf)
    add_get(router, path, shelf)
    add_change(router, path, shelf)
    add_remove(router, path, shelf)
    return router


def caller_of(router: Router) -> Caller:
    """Who asks. Raises UnauthenticatedError without a session."""
    request = current_request(router)
    return Caller(parts=runtime(), session=request.session(), attempt=request.attempt)


def answer_one(
    router: Router, data_name: str, data: Any, *, action: str, status: int = 200
) -> Response[Any]:
    """The envelope around one object."""
    return envelope(
        current_request(router),
        data_name,
        data,
        action=action,
        app_version=runtime().settings.app_version,
        status=status,
    )


def add_create(router: Router, path: str, shelf: Shelf) -> None:
    """POST → 201."""

    def create(body: Input) -> Response[Any]:
        """Its id is made here unless the body gives one."""
        shown = shelf.create(caller_of(router), body)
        return answer_one(router, shelf.data_name, shown, action="create", status=201)

    create.__annotations__["body"] = Annotated[shelf.body, Body()]
    router.post(
        path,
        tags=[TAG],
        summary=f"Make {_a(shelf.data_name)}",
        responses=answers(201, one_answer(shelf)),
    )(create)


def add_list(router: Router, path: str, shelf: Shelf) -> None:
    """GET → a page."""

    def list_page() -> Response[Any]:
        """A page of those that the session may see."""
        caller = caller_of(router)
        query = read_query(current_request(router), shelf.query)
        found = shelf.page(caller, query)
        return answer_list(
            router,
            plural_of(shelf.data_name),
            found,
            query,
            ui_permissions=shelf.permissions(caller.session),
            filters=shelf.filters(query),
        )

    router.get(
        path,
        tags=[TAG],
        summary=f"List {plural_of(shelf.data_name)}",
        responses=answers(200, list_answer(shelf)),
        openapi_extensions=documented_by(shelf.query),
    )(list_page)


def add_get(router: Router, path: str, shelf: Shelf) -> None:
    """GET one → 200."""

    def get_one(object_id: str) -> Response[Any]:
        """One that is there, and that the session may see."""
        caller = caller_of(router)
        read_query(current_request(router), JoinsQuery)
        return answer_one(router, shelf.data_name, shelf.get(caller, object_id), action="get")

    router.get(
        f"{path}/<object_id>",
        tags=[TAG],
        summary=f"Get one {shelf.data_name}",
        responses=answers(200, one_answer(shelf)),
        openapi_extensions=documented_by(JoinsQuery),
    )(get_one)


def add_change(router: Router, path: str, shelf: Shelf) -> None:
    """PATCH → 200; absent keeps, null clears."""

    def change(object_id: str, body: Input) -> Response[Any]:
        """What is absent is kept, null clears."""
        shown: Shown = shelf.change(caller_of(router), object_id, changes_in(body))
        return answer_one(router, shelf.data_name, shown, action="update")

    change.__annotations__["body"] = Annotated[partial_of(shelf.body, shelf.changes_base), Body()]
    router.patch(
        f"{path}/<object_id>",
        tags=[TAG],
        summary=f"Change {_a(shelf.data_name)}",
        responses=answers(200, one_answer(shelf)),
    )(change)


def add_remove(router: Router, path: str, shelf: Shelf) -> None:
    """DELETE → 200 with the last state."""

    def remove(object_id: str) -> Response[Any]:
        """Its last state: it is kept, inactive, and not found from now on."""
        shown = shelf.remove(caller_of(router), object_id)
        return answer_one(router, shelf.data_name, shown, action="delete")

    router.delete(
        f"{path}/<object_id>",
        tags=[TAG],
        summary=f"Remove {_a(shelf.data_name)}",
        responses=answers(200, one_answer(shelf)),
    )(remove)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"
