"""Log-in by e-mail and password (rest-api.md section 6)."""

from dataclasses import dataclass
from datetime import datetime

from attendance.adapters import account_keys
from attendance.adapters.attempts import AttemptStore, account_hash
from attendance.adapters.directory import Directory
from attendance.adapters.passwords import verify_password
from attendance.errors import InvalidError, UnauthenticatedError
from attendance.identity import ROOT_COMPANY, CompanyId
from attendance.inputs.account import LogIn
from attendance.model.directory import Member, User
from attendance.services.open_company import company_by_name, open_company

NOBODY = "nobody"
"""An id that is read where there is none, so that the time of an answer tells nothing."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody who proved to be a person of a company."""

    user: User
    company: Member


class WrongCredentialsError(UnauthenticatedError):
    """The same for an unknown person, a wrong password, and a company that is closed."""

    def __init__(self) -> None:
        super().__init__("invalidCredentials", "E-mail or password is wrong.")


def log_in(
    directory: Directory, attempts: AttemptStore, wanted: LogIn, host: str, now: datetime
) -> Account:
    """The account behind an e-mail and a password.

    Raises UnauthenticatedError (`invalidCredentials`), ThrottledError after failures, and
    InvalidError (`companyRequired`) when an e-mail is known in several companies and none is
    named.
    """
    company = _company(directory, wanted, host)
    name = account_hash(company.member_id if company else None, wanted.email)
    before = attempts.check(name, now)
    user = _person(directory, company, wanted.email)
    right = verify_password(user.password_hash if user else None, wanted.password)
    if not right or user is None or company is None:
        attempts.failed(name, before, now)
        raise WrongCredentialsError
    attempts.succeeded(name, before)
    return Account(user=user, company=company)


def _company(directory: Directory, wanted: LogIn, host: str) -> Member | None:
    if wanted.company_id:
        company = open_company(directory, wanted.company_id)
        return company if _is_called(company, wanted.company_codename) else None
    if wanted.company_codename:
        return company_by_name(directory, wanted.company_codename)
    return _company_of_host(directory, host) or _only_company(directory, wanted.email)


def _is_called(company: Member | None, codename: str | None) -> bool:
    return not codename or (company is not None and company.body["codename"] == codename)


def _company_of_host(directory: Directory, host: str) -> Member | None:
    label, _, parent = host.partition(":")[0].partition(".")
    if "." not in parent or ".execute-api." in host:
        return None
    return company_by_name(directory, label.lower())


def _only_company(directory: Directory, email: str) -> Member | None:
    if directory.note(account_keys.email_key(ROOT_COMPANY, email)) is not None:
        return open_company(directory, str(ROOT_COMPANY))
    rows = directory.table.query_all(account_keys.companies_of_email_partition(email))
    known = [row["sk"]["S"] for row in rows] or [NOBODY]
    companies = [open_company(directory, company_id) for company_id in known]
    found = [company for company in companies if company is not None]
    if len(found) > 1:
        raise InvalidError(
            "companyRequired", "companyId: name the company; this e-mail is known in several."
        )
    return found[0] if found else None


def _person(directory: Directory, company: Member | None, email: str) -> User | None:
    """The active person, by the same two reads whether there is one or not."""
    own = ROOT_COMPANY if company is None else CompanyId(company.member_id)
    note = directory.note(account_keys.email_key(own, email))
    user = directory.user(own, NOBODY if note is None else note["userId"])
    return user if company is not None and user is not None and user.is_active else None
