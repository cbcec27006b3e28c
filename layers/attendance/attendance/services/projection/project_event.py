"""One event of a sibling service applied to the directory."""

from attendance.errors import InvalidError, invalid_field
from attendance.identity import ROOT_COMPANY, CompanyId
from attendance.inputs.directory_event import DirectoryEvent
from attendance.model.principal import SystemCaller
from attendance.runtime import Runtime
from attendance.services.collections.shelf import Caller
from attendance.services.projection.newer_version import newer_version
from attendance.services.projection.objects import OBJECTS

ACTOR = "directory"


def project_event(parts: Runtime, event: DirectoryEvent) -> bool:
    """Whether the event was applied; False when this version or a newer one was before.

    Idempotent and safe out of order. Raises InvalidError for an event that can never be applied;
    NotFoundError, ConflictError or UnavailableError for one that may be later.
    """
    company = _company(parts, event.detail.company_id)
    kept = OBJECTS[event.kind]
    object_id = kept.id_of(event.detail.data)
    with newer_version(parts, company, event.kind, object_id, event.detail.version) as is_newer:
        if is_newer:
            apply = kept.remove if event.is_deletion else kept.upsert
            caller = Caller(parts=parts, session=SystemCaller(company=company, actor=ACTOR))
            apply(caller, event.detail.data)
    return is_newer


def _company(parts: Runtime, company_id: str) -> CompanyId:
    known = parts.access.company_named(company_id)
    if known is None or known.member_id == str(ROOT_COMPANY):
        raise _unknown_company()
    return CompanyId(known.member_id)


def _unknown_company() -> InvalidError:
    return invalid_field("companyId", "a company of this service")
