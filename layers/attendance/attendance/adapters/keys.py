"""The keys of what a company has (architecture.md, "Table"); `account_keys` has those of accounts.

The tenant is a whole partition key or a whole key up to `#`, never a bare prefix: ids cannot
hold `#`, and what comes from a terminal is percent-encoded.
"""

from datetime import date, datetime
from urllib.parse import quote, unquote

from attendance.identity import ROOT_COMPANY, CompanyId, is_id

Key = tuple[str, str]


def checked(value: str) -> str:
    """An id as it is. Raises ValueError for text that is none."""
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
    return f"C#{company}#U#{checked(user_id)}"


def number_partition(company: CompanyId, number: str) -> str:
    """A device number's punches and its owner."""
    return f"C#{company}#N#{quoted(number)}"


def number_of_partition(partition: str) -> tuple[CompanyId, str]:
    """The company and the device number a number's partition stands for."""
    _, company, _, number = partition.split("#")
    return CompanyId(company), unquote(number)


def shift_partition(company: CompanyId, shift_id: str) -> str:
    """A shift; as a group key, everybody assigned to it."""
    return f"C#{company}#S#{checked(shift_id)}"


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
    return user_partition(company, user_id), f"S#{shift_date.isoformat()}#{checked(shift_id)}"


def place_of_seat(key: Key) -> tuple[str, str, date, str]:
    """Company id, user id, shift date and shift id of a seat's key."""
    _, company_id, _, user_id = key[0].split("#")
    _, day, shift_id = key[1].split("#")
    return company_id, user_id, date.fromisoformat(day), shift_id


def history_sort_key(shift_date: date, shift_id: str, version: int) -> str:
    """One version of a record; text order is version order."""
    return f"H#{shift_date.isoformat()}#{checked(shift_id)}#{version:08d}"


def punch_sort_key(timestamp: str, device_id: str, punch: int, status: int) -> str:
    """With its partition the content of a punch is its identity (punches.md)."""
    return f"P#{timestamp}#{checked(device_id)}#{punch}#{status}"


def member_key(company: CompanyId, collection: str, member_id: str) -> Key:
    """A small thing of a company: `DEVICE`, `AGENT`, `LOCATION`, `POLICY`, `EMAIL` ..."""
    return company_partition(company), f"{collection}#{quoted(member_id)}"


def place_of_member(company: CompanyId, collection: str, member_id: str) -> Key:
    """Where a member is kept: the company and its shifts have places of their own."""
    if collection == "COMPANY":
        return company_key(company)
    if collection == "SHIFT":
        return shift_key(company, member_id)
    return member_key(company, collection, member_id)


def members_partition(company: CompanyId, collection: str) -> str:
    """The `byList` partition of a collection; all companies are in one, the root tenant's."""
    owner = ROOT_COMPANY if collection == "COMPANY" else company
    return list_partition(owner, f"{collection}S")


def list_partition(company: CompanyId, collection: str) -> str:
    """The `byList` partition of one of a company's lists: `RECORDS`, `PUNCHES`, `USERS` ..."""
    return f"C#{company}#{collection}"


def counts_key(company: CompanyId, node: str) -> Key:
    """A node of the tree that counts a company's records: `ALL`, a month, a day, a part of it."""
    return f"C#{company}#COUNT", node


def due_partition(due_at: datetime) -> str:
    """The `byDue` partition of an hour, over all companies: sweeps cost what is due."""
    return f"DUE#{due_at:%Y-%m-%dT%H}"


def overdue_partition() -> str:
    """The `byDue` partition of what was long due when it was written, whatever its hour."""
    return "DUE#LATE"


def sweep_key() -> Key:
    """How far the sweep has come."""
    return "SWEEP", "SWEEP"


def member_due_partition(due_at: datetime) -> str:
    """As `due_partition`, for the terminals that the clock has to look at."""
    return f"DUE#MEMBERS#{due_at:%Y-%m-%dT%H}"


def nonce_key(company: CompanyId, agent_id: str, nonce: str) -> Key:
    """A nonce that an agent has used."""
    return f"C#{company}#NONCE#{checked(agent_id)}", quoted(nonce)


def batch_key(company: CompanyId, agent_id: str, digest: str) -> Key:
    """An agent's upload that was stored whole, by a digest of its content."""
    return f"C#{company}#BATCH#{checked(agent_id)}", checked(digest)


def parked_key(company: CompanyId, at: str, what: str) -> Key:
    """Something a consumer could not work on, kept with its reason for a person to look at."""
    return f"C#{company}#PARKED", f"{at}#{quoted(what)}"


def company_key(company: CompanyId) -> Key:
    """The company itself."""
    return company_partition(company), "COMPANY"


def unreadable_line_key(company: CompanyId, device_id: str, line_hash: str) -> Key:
    """A line that a terminal uploaded and nobody could read, by its hash."""
    return f"C#{company}#UNREADABLE#{checked(device_id)}", checked(line_hash)


def roster_lock_key(company: CompanyId) -> Key:
    """The lock under which a company's roster changes."""
    return f"C#{company}#LOCK", "ROSTER"


def applied_version_key(company: CompanyId, kind: str, object_id: str) -> Key:
    """Which version of a sibling service's object was applied last; `object_id` may be any text."""
    return f"C#{company}#APPLIED", f"{kind}#{quoted(object_id)}"
