"""One-time codes by which an agent makes its key known (punches.md, "Enrolment")."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.adapters import account_keys
from attendance.adapters.directory import put_note
from attendance.adapters.table_requests import Write
from attendance.model.directory import Member
from attendance.times import to_iso

CODE_BYTES = 16
CODE_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class EnrollmentCode:
    """128 random bits in base64url, and until when they count (UTC)."""

    text: str
    expires_at: datetime


def new_code(now: datetime) -> EnrollmentCode:
    """A fresh code, which counts from now (UTC)."""
    return EnrollmentCode(text=secrets.token_urlsafe(CODE_BYTES), expires_at=now + CODE_LASTS)


def put_code(code: EnrollmentCode, agent: Member) -> Write:
    """Part of a transaction: a code for an agent; only its hash is kept."""
    return put_note(
        account_keys.enrollment_key(hash_of(code.text)),
        {
            "companyId": agent.company_id,
            "agentId": agent.member_id,
            "expiresAt": to_iso(code.expires_at),
            "usedBy": None,
        },
        kind="enrollment",
        expires_at=int(code.expires_at.timestamp()) + 3600,
    )


def hash_of(secret_text: str) -> str:
    """How a code or token of high entropy is kept: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret_text.encode()).hexdigest()
