"""`POST /v1/punches`, `POST /v1/agents/enroll` and the terminals' own `/iclock` (punches.md)."""

import json
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from attendance.bootstrap import Runtime, runtime
from attendance.errors import UnauthenticatedError
from attendance.http.api import build_resolver, current_request, serve
from attendance.http.body import parse_json
from attendance.http.envelope import json_response
from attendance.http.failures import failure
from attendance.services.authenticate_agent import authenticate_agent
from attendance.services.enroll_agent import enroll_agent
from attendance.services.ingest_punches import Receipt
from attendance.services.receive_batch import receive_batch
from attendance.services.repeated_batch import batch_digest, receipt_of_repeat, remember_batch
from attendance.times import to_iso
from ingest_punches.models import EnrollmentRequest
from ingest_punches.push_routes import add_push_routes
from ingest_punches.signed import signed_message

app: APIGatewayHttpResolver = build_resolver()


def refuse_agent(error: UnauthenticatedError) -> Response[Any]:
    """A 401 that carries the server's time: the agent's clock may be what is wrong."""
    body = json.loads(failure(error).body or "{}")
    return json_response(error.status, {**body, "serverTime": body["date"]})


app.exception_handler(UnauthenticatedError)(refuse_agent)


@app.post("/v1/punches", tags=["Agents"], summary="Send a signed batch of punches")
def post_punches() -> Response[Any]:
    """Store a signed batch of punches; every row is accepted, a duplicate, or rejected by index."""
    request, parts = current_request(app), runtime()
    now, text = parts.now(), request.body or ""
    message = signed_message(app.current_event.raw_event)
    upload = authenticate_agent(parts.directory, message, now, batch_digest(text))
    if upload.known is not None:
        return _receipt(parts, receipt_of_repeat(upload.known))
    batch = parse_json(text)
    receipt = receive_batch(parts, upload.agent, batch, request_id=request.request_id, now=now)
    if upload.key is not None:
        remember_batch(parts.table, upload.key, batch, receipt, now)
    return _receipt(parts, receipt)


def _receipt(parts: Runtime, receipt: Receipt) -> Response[Any]:
    return json_response(
        200,
        {
            "accepted": receipt.accepted,
            "duplicates": receipt.duplicates,
            "rejected": [{"index": i, "reason": reason} for i, reason in receipt.rejected],
            "serverTime": to_iso(parts.now()),
        },
    )


@app.post("/v1/agents/enroll", tags=["Agents"], summary="Enrol an agent by its one-time code")
def post_enrollment(body: EnrollmentRequest) -> Response[Any]:
    """Register an agent's public key against its one-time code."""
    parts = runtime()
    agent = enroll_agent(
        parts,
        code=body.enrollment_code,
        public_key=body.public_key,
        hostname=body.hostname,
        version=body.version,
    )
    return json_response(
        200,
        {
            "agentId": agent.agent_id,
            "companyId": str(agent.company),
            "serverTime": to_iso(parts.now()),
        },
    )


add_push_routes(app)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer an agent, or a terminal that calls by itself."""
    parts: Runtime = runtime()
    return serve(app, event, context, find_session=_no_session, logger=parts.logger)


def _no_session(_request: Any) -> None:
    return None
