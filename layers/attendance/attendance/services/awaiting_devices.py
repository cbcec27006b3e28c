"""Which terminals of a site still owe their word about a shift (rules.md section 6)."""

from datetime import timedelta

from attendance.domain.policy_versions import policy_in_force
from attendance.domain.shift import Shift
from attendance.services.company_facts import CompanyFacts


def awaiting_devices(shift: Shift, facts: CompanyFacts) -> tuple[str, ...]:
    """The site's devices whose watermark has not passed the end of the shift's window."""
    version = policy_in_force(
        facts.policies,
        shift.shift_date,
        location=shift.location,
        department_id=shift.department_id,
    )
    window_end = shift.end + timedelta(minutes=version.policy.window_after_minutes)
    silent = [
        device_id
        for device_id, watermark in facts.watermarks_of_site(shift.location)
        if watermark is None or watermark <= window_end
    ]
    return tuple(sorted(silent))
