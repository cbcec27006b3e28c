"""Ids: what clients may choose, what we make, and the company that every key begins with."""

import re
import secrets
import uuid
from dataclasses import dataclass

ID_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_id(text: str) -> bool:
    """Whether a client may use this as an id (rest-api.md section 7)."""
    return ID_PATTERN.fullmatch(text) is not None


def new_id() -> str:
    """A fresh UUID as text."""
    return str(uuid.uuid4())


def new_mark() -> str:
    """A fresh mark of 16 characters, for something that lives only until the next write."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class CompanyId:
    """The tenant. Made from a session or a stored item, never from a string of the request.

    Raises ValueError for text that could break out of a key.
    """

    value: str

    def __post_init__(self) -> None:
        if not is_id(self.value):
            raise ValueError(f"not a company id: {self.value!r}")

    def __str__(self) -> str:
        return self.value


ROOT_COMPANY = CompanyId("00000000-0000-0000-0000-000000000000")
"""The root tenant: home of superAdmin, saasAdmin and saasUser (rest-api.md section 6)."""

ROOT_CODENAME = "root"
"""The root tenant's codename; no company can take it."""
