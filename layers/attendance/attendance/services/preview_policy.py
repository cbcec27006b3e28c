"""Which records a policy would change, before anybody decides on it; nothing is stored."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from attendance.runtime import Runtime
from attendance.services.candidate_policy import candidate_policy, with_version
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.evidence_of_days import Days, evidence_of_days
from attendance.services.previewed_person import Previewed, previews

MOST_CHANGES_TOLD = 1_000


def preview_policy(caller: Caller, wanted: dict[str, Any]) -> Shown:
    """What would change, were the policy in force from `dateFrom` on, up to `dateTo`.

    `wanted` are the fields of a PreviewBody in JSON. Raises InvalidError as making the version
    would, and when the days hold more than 20,000 seats.
    """
    caller.session.require("policy.simulate")
    facts = load_company_facts(caller.parts.directory, caller.session.company)
    days = Days(
        first=date.fromisoformat(wanted["dateFrom"]), last=date.fromisoformat(wanted["dateTo"])
    )
    candidate = candidate_policy(
        caller.parts.directory, facts, {**wanted, "effectiveFrom": wanted["dateFrom"]}
    )
    found = list(_all_previews(caller.parts, facts, with_version(facts, candidate), days))
    changes = [preview for preview in found if preview.changed]
    counts = Counter((preview.before_status, preview.after_status) for preview in changes)
    return {
        "dateFrom": wanted["dateFrom"],
        "dateTo": wanted["dateTo"],
        "policy": candidate.policy.as_mapping(),
        "recordsLookedAt": len(found),
        "recordsChanged": len(changes),
        "counts": [{"from": f, "to": t, "records": n} for (f, t), n in counts.most_common()],
        "changes": [change.as_json() for change in changes[:MOST_CHANGES_TOLD]],
        "changesLeftOut": max(len(changes) - MOST_CHANGES_TOLD, 0),
    }


def _all_previews(
    parts: Runtime, facts: CompanyFacts, changed: CompanyFacts, days: Days
) -> Iterator[Previewed]:
    for evidence in evidence_of_days(parts, facts, days):
        found = previews(parts.punches, evidence, changed)
        yield from (preview for preview in found if days.hold(preview.seat))
