"""The demo company's people and their passwords, remembered in a private file."""

import secrets
from pathlib import Path
from typing import Any

from local.stack_file import read, write_private

CODENAME = "demo"
_MAIL = "@demo.example"
_STAFF = (
    ("manager", "Marta Manager", "manager", "1"),
    ("employee", "Emil Early", "employee", "2"),
    ("edda", "Edda Early", "employee", "3"),
    ("lena", "Lena Late", "employee", "4"),
    ("luis", "Luis Late", "employee", "5"),
)
EARLY = ("manager", "employee", "edda")
LATE = ("lena", "luis")


def passwords(file: Path) -> dict[str, str]:
    """One a person, the same at every start; written before anything uses them."""
    known: dict[str, str] = read(file).get("passwords", {})
    names = ("tenantAdmin", *(name for name, *_ in _STAFF))
    if not all(name in known for name in names):
        known = {name: secrets.token_urlsafe(12) for name in names} | known
        write_private(file, read(file) | {"passwords": known})
    return known


def owner(password: str, zone: str) -> dict[str, Any]:
    """What `POST /tenantowners` takes: the company and its first person."""
    return {
        "email": f"owner{_MAIL}",
        "password": password,
        "fullname": "Olga Owner",
        "company": {"name": "Demo Company", "codename": CODENAME, "timezone": zone},
    }


def staff(known: dict[str, str]) -> list[dict[str, Any]]:
    """Everybody else, as `POST /v1/users` takes them."""
    return [
        {
            "userId": name,
            "email": f"{name}{_MAIL}",
            "fullname": fullname,
            "roleId": role,
            "departmentId": "production",
            "deviceUserIds": [number],
            "password": known[name],
        }
        for name, fullname, role, number in _STAFF
    ]


def person(name: str, known: dict[str, str], user_id: str | None = None) -> dict[str, str]:
    """How to log in as somebody, for `stack.json`."""
    email = f"{'owner' if name == 'tenantAdmin' else name}{_MAIL}"
    return {"email": email, "password": known[name], "userId": user_id or name}


def number(user_id: str) -> str:
    """A person's number at the terminals."""
    return next(number for name, _, _, number in _STAFF if name == user_id)
