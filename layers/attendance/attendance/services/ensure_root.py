"""The root tenant and its superAdmin, made when first needed (rest-api.md section 6)."""

import json
from contextlib import suppress
from datetime import datetime

from attendance.adapters.directory import Directory
from attendance.adapters.secrets import Secrets
from attendance.adapters.table_errors import TransactionRefusedError
from attendance.domain.permissions import Role
from attendance.identity import ROOT_CODENAME, ROOT_COMPANY
from attendance.inputs.account import NewOwner
from attendance.services.register_company import found_company, founding_writes


def ensure_root(directory: Directory, secrets: Secrets, arn: str | None, now: datetime) -> None:
    """Make the root tenant from the secret `{email, password}`, unless it is there.

    A later change of the secret changes nothing: from then on the account is kept like others.
    """
    if arn is None or directory.company(ROOT_COMPANY) is not None:
        return
    told = json.loads(secrets.read(arn))
    owner = NewOwner(email=told["email"], password=told["password"], fullname="Super Admin")
    facts = {"name": "Root", "codename": ROOT_CODENAME, "timezone": "UTC"}
    founding = found_company(ROOT_COMPANY, facts, owner, Role.SUPER_ADMIN, now)
    with suppress(TransactionRefusedError):
        directory.transact(founding_writes(founding))
