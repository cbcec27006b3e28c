"""Which terminals of a site still owe their word about a shift (rules.md section 6)."""

from datetime import timedelta

from attendance.domain.policy_versions import policy_in_force
from attendance.domain.shift import Shift
from attendance.services.company_facts import CompanyFacts
from attendance.times import optional_from_iso


def awaiting_devices(shift: Shift, facts: CompanyFacts) -> tuple[str, ...]:
    """The site's devices whose watermark has not passed the end of the shift's window."""
    version = policy_in_force(
        facts.policies,
        shift.shift_date,
        location=shift.location,
        department_id=shift.department_id,
    )
    window_end = shift.end + timedelta(minutes=version.policy.window_after_minutes)
    silent = []
    for device in facts.devices_of_site(shift.location):
        watermark = optional_from_iso((device.body.get("health") or {}).get("watermark"))
        if watermark is None or watermark <= window_end:
            silent.append(device.member_id)
    return tuple(sorted(silent))
