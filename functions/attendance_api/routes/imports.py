"""`POST /v1/imports/…`: people, shifts and assignments as CSV files."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.http.api import current_request
from attendance.http.body import require_body
from attendance.http.documented import answers
from attendance.http.query import documented_by, read_query
from attendance.inputs.import_query import ImportQuery
from attendance.services.imports.assignments_import import ASSIGNMENTS
from attendance.services.imports.import_file import import_file
from attendance.services.imports.objects_import import SHIFTS, USERS
from attendance.services.imports.rows_import import RowsImport
from attendance_api.collection_routes import TAG, answer_one, caller_of
from attendance_api.schemas.imports import ImportAnswer

CONTENT_TYPE = "text/csv"

router = Router()


def _add_import(collection: str, target: RowsImport) -> None:
    def post_import() -> Response[Any]:
        """Good rows come in, bad ones are told with line, field and reason."""
        request, caller = current_request(router), caller_of(router)
        query = read_query(request, ImportQuery)
        imported = import_file(
            caller,
            target,
            require_body(request, content_type=CONTENT_TYPE),
            dry_run=query.dry_run,
            all_or_nothing=query.all_or_nothing,
        )
        action = "get" if query.dry_run else "update"
        return answer_one(router, "import", imported.to_json(), action=action)

    router.post(
        f"/v1/imports/{collection}",
        tags=[TAG],
        summary=f"Import {collection} from a CSV file",
        responses=answers(200, ImportAnswer),
        openapi_extensions=documented_by(ImportQuery),
    )(post_import)


_add_import("users", USERS)
_add_import("shifts", SHIFTS)
_add_import("assignments", ASSIGNMENTS)
