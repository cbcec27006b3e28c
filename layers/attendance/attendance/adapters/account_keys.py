"""The keys of accounts: who logs in, calls or enrols (architecture.md, "Table")."""

import hashlib

from attendance.adapters.keys import Key, checked, company_partition, quoted, user_partition
from attendance.identity import CompanyId


def codename_key(codename: str) -> Key:
    """Which company has a codename."""
    return f"CODENAME#{quoted(codename)}", "CODENAME"


def email_key(company: CompanyId, email: str) -> Key:
    """Which person of a company has an e-mail."""
    return company_partition(company), f"EMAIL#{quoted(email)}"


def companies_of_email_partition(email: str) -> str:
    """The companies that an e-mail is known in."""
    return f"EMAIL#{quoted(email)}"


def company_of_email_key(email: str, company: CompanyId) -> Key:
    """That an e-mail is known in a company."""
    return companies_of_email_partition(email), str(company)


def session_key(company: CompanyId, user_id: str, session_id: str) -> Key:
    """A session that has not ended."""
    return user_partition(company, user_id), f"SESSION#{checked(session_id)}"


def public_keys_key() -> Key:
    """The public halves of the keys that sign sessions."""
    return "JWKS", "JWKS"


def attempts_key(account_hash: str) -> Key:
    """Failed log-ins of an account, known or not, by a hash of its name."""
    return f"ATTEMPTS#{checked(account_hash)}", "ATTEMPTS"


def enrollment_key(code_hash: str) -> Key:
    """A one-time code of an agent, by its hash."""
    return f"ENROLL#{checked(code_hash)}", "ENROLL"


def push_token_key(token_hash: str) -> Key:
    """A terminal's ADMS token, by its hash."""
    return f"PUSH#{checked(token_hash)}", "PUSH"


def kept_answer_key(company: CompanyId, user_id: str, asked: str) -> Key:
    """The answer kept for a person's request; `asked` is its route and Idempotency-Key."""
    digest = hashlib.sha256(asked.encode()).hexdigest()
    return user_partition(company, user_id), f"ANSWER#{digest}"
