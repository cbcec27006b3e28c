"""The one place that builds keys (architecture.md, "Table").

The tenant is a whole partition key or a whole key up to `#`, never a bare prefix: ids cannot
hold `#`, and what comes from a terminal is percent-encoded.
"""

from datetime import date, datetime
from urllib.parse import quote

from attendance.identity import CompanyId, is_id

Key = tuple[str, str]


def _checked(value: str) -> str:
    if not is_id(value):
        raise ValueError(f"not an id: {value!r}")
    return value


def quoted(text: str) -> str:
    """Free text (a terminal's user number, an e-mail, a name) made safe for a key."""
    return quote(text, safe="@.+")


def company_partition(company: CompanyId) -> str:
    """Settings, policies, devices, agents, unique e-mails of a company."""
    return f"C#{company}"


def user_partition(company: CompanyId, user_id: str) -> str:
    """A person with all seats, sessions and history."""
    return f"C#{company}#U#{_checked(user_id)}"


def number_partition(company: CompanyId, number: str) -> str:
    """A device number's punches and its owner."""
    return f"C#{company}#N#{quoted(number)}"


def shift_partition(company: CompanyId, shift_id: str) -> str:
    """A shift; as a group key, everybody assigned to it."""
    return f"C#{company}#S#{_checked(shift_id)}"


def user_key(company: CompanyId, user_id: str) -> Key:
    """A person."""
    return user_partition(company, user_id), "USER"


def shift_key(company: CompanyId, shift_id: str) -> Key:
    """A shift."""
    return shift_partition(company, shift_id), "SHIFT"


def owner_key(company: CompanyId, number: str) -> Key:
    """Who has a device number."""
    return number_partition(company, number), "WHO"


def seat_key(company: CompanyId, user_id: str, shift_date: date, shift_id: str) -> Key:
    """The roster entry that becomes the attendance record."""
    return user_partition(company, user_id), f"S#{shift_date.isoformat()}#{_checked(shift_id)}"


def history_sort_key(shift_date: date, shift_id: str, version: int) -> str:
    """One version of a record; text order is version order."""
    return f"H#{shift_date.isoformat()}#{_checked(shift_id)}#{version:08d}"


def punch_sort_key(timestamp: str, device_id: str, punch: int, status: int) -> str:
    """With its partition the content of a punch is its identity (punches.md)."""
    return f"P#{timestamp}#{_checked(device_id)}#{punch}#{status}"


def member_key(company: CompanyId, collection: str, member_id: str) -> Key:
    """A small thing of a company: `DEVICE`, `AGENT`, `LOCATION`, `POLICY`, `EMAIL` ..."""
    return company_partition(company), f"{collection}#{quoted(member_id)}"


def list_partition(company: CompanyId, collection: str) -> str:
    """The `byList` partition of one of a company's lists: `RECORDS`, `PUNCHES`, `USERS` ..."""
    return f"C#{company}#{collection}"


def due_partition(due_at: datetime) -> str:
    """The `byDue` partition of an hour, over all companies: sweeps cost what is due."""
    return f"DUE#{due_at:%Y-%m-%dT%H}"


def nonce_key(company: CompanyId, agent_id: str, nonce: str) -> Key:
    """A nonce that an agent has used."""
    return f"C#{company}#NONCE#{_checked(agent_id)}", quoted(nonce)


def parked_key(company: CompanyId, at: str, what: str) -> Key:
    """Something a consumer could not work on, kept with its reason for a person to look at."""
    return f"C#{company}#PARKED", f"{at}#{quoted(what)}"


def company_key(company: CompanyId) -> Key:
    """The company itself."""
    return company_partition(company), "COMPANY"
