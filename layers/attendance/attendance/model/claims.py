"""What a verified token says."""

from dataclasses import dataclass
from datetime import datetime

from attendance.identity import CompanyId


@dataclass(frozen=True, kw_only=True)
class Claims:
    """The bearer's company, person and session; instants in UTC, whole seconds."""

    company: CompanyId
    user_id: str
    session_id: str
    issued_at: datetime
    expires_at: datetime
