"""A company and its owner, made in one step (rest-api.md section 6)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attendance.adapters import account_keys
from attendance.adapters.directory import Directory, put_member, put_note, put_user
from attendance.adapters.passwords import hash_password
from attendance.adapters.table_requests import Write
from attendance.domain.permissions import Role
from attendance.errors import ConflictError
from attendance.identity import CompanyId, new_id
from attendance.inputs.account import NewCompany, NewOwner
from attendance.model.directory import Member, User
from attendance.services.claims import Claim, commit
from attendance.services.reserved_codenames import RESERVED_CODENAMES


@dataclass(frozen=True, kw_only=True)
class Founding:
    """A company with its first person, if it has one yet."""

    company: Member
    owner: User | None


def register_company(
    directory: Directory,
    company: NewCompany,
    owner: NewOwner | None,
    now: datetime,
    *,
    beside: Callable[[Founding], Sequence[Claim]] = lambda _founding: (),
) -> Founding:
    """Make a company and its tenantAdmin, or nothing; `beside` is written with them.

    Raises ConflictError (`codenameTaken`) when the codename is reserved or somebody has it.
    """
    taken = ConflictError("codenameTaken", "codename: this codename is taken.")
    if company.codename in RESERVED_CODENAMES or codename_owner(directory, company.codename):
        raise taken
    facts = company.model_dump(include={"name", "codename", "timezone"})
    founding = found_company(CompanyId(new_id()), facts, owner, Role.TENANT_ADMIN, now)
    claims = [Claim(write, refusal=taken) for write in founding_writes(founding)]
    commit(directory, [*beside(founding), *claims])
    return founding


def codename_owner(directory: Directory, codename: str) -> CompanyId | None:
    """The company that has a codename."""
    note = directory.note(account_keys.codename_key(codename))
    return None if note is None else CompanyId(note["companyId"])


def found_company(
    company: CompanyId, facts: dict[str, Any], owner: NewOwner | None, role: Role, now: datetime
) -> Founding:
    """The values of a company and its first person; nothing is written."""
    member = Member(
        company_id=str(company),
        collection="COMPANY",
        member_id=str(company),
        body={**facts, "oidc": None, "suspended": False},
        is_active=True,
        created_at=now,
        updated_at=now,
    )
    first = None if owner is None else _first_person(company, owner, role, now)
    return Founding(company=member, owner=first)


def _first_person(company: CompanyId, owner: NewOwner, role: Role, now: datetime) -> User:
    return User(
        company_id=str(company),
        user_id=new_id(),
        email=owner.email,
        fullname=owner.fullname,
        avatar=owner.avatar,
        role_id=role,
        department_id=None,
        device_user_ids=(),
        password_hash=hash_password(owner.password),
        employed_from=None,
        employed_to=None,
        is_active=True,
        valid_from=None,
        created_at=now,
        updated_at=now,
    )


def founding_writes(founding: Founding) -> list[Write]:
    """The transaction that makes a company: its codename first."""
    company, owner = CompanyId(founding.company.member_id), founding.owner
    codename = account_keys.codename_key(founding.company.body["codename"])
    writes = [put_note(codename, {"companyId": str(company)}), put_member(founding.company)]
    if owner is not None:
        writes += [put_user(owner), *take_email(company, owner.email, owner.user_id)]
    return writes


def take_email(company: CompanyId, email: str, user_id: str) -> list[Write]:
    """Part of a transaction: an e-mail is one person's within a company."""
    return [
        put_note(account_keys.email_key(company, email), {"userId": user_id}, kind="email"),
        put_note(
            account_keys.company_of_email_key(email, company), {"userId": user_id}, kind="email"
        ),
    ]
