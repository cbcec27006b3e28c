"""The one place that builds keys (architecture.md, "Table").

The tenant is a whole partition key or a whole key up to `#`, never a bare prefix: ids cannot
hold `#`, and what comes from a terminal is percent-encoded.
"""

import hashlib
from datetime import date, datetime
from urllib.parse import quote, unquote

from attendance.identity import ROOT_COMPANY, CompanyId, is_id

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


def number_of_partition(partition: str) -> tuple[CompanyId, str]:
    """The company and the device number a number's partition stands for."""
    _, company, _, number = partition.split("#")
    return CompanyId(company), unquote(number)


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


def place_of_seat(key: Key) -> tuple[str, str, date, str]:
    """Company id, user id, shift date and shift id of a seat's key."""
    _, company_id, _, user_id = key[0].split("#")
    _, day, shift_id = key[1].split("#")
    return company_id, user_id, date.fromisoformat(day), shift_id


def history_sort_key(shift_date: date, shift_id: str, version: int) -> str:
    """One version of a record; text order is version order."""
    return f"H#{shift_date.isoformat()}#{_checked(shift_id)}#{version:08d}"


def punch_sort_key(timestamp: str, device_id: str, punch: int, status: int) -> str:
    """With its partition the content of a punch is its identity (punches.md)."""
    return f"P#{timestamp}#{_checked(device_id)}#{punch}#{status}"


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
    return f"C#{company}#NONCE#{_checked(agent_id)}", quoted(nonce)


def batch_key(company: CompanyId, agent_id: str, digest: str) -> Key:
    """An agent's upload that was stored whole, by a digest of its content."""
    return f"C#{company}#BATCH#{_checked(agent_id)}", _checked(digest)


def parked_key(company: CompanyId, at: str, what: str) -> Key:
    """Something a consumer could not work on, kept with its reason for a person to look at."""
    return f"C#{company}#PARKED", f"{at}#{quoted(what)}"


def company_key(company: CompanyId) -> Key:
    """The company itself."""
    return company_partition(company), "COMPANY"


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
    return user_partition(company, user_id), f"SESSION#{_checked(session_id)}"


def public_keys_key() -> Key:
    """The public halves of the keys that sign sessions."""
    return "JWKS", "JWKS"


def attempts_key(account_hash: str) -> Key:
    """Failed log-ins of an account, known or not, by a hash of its name."""
    return f"ATTEMPTS#{_checked(account_hash)}", "ATTEMPTS"


def enrollment_key(code_hash: str) -> Key:
    """A one-time code of an agent, by its hash."""
    return f"ENROLL#{_checked(code_hash)}", "ENROLL"


def push_token_key(token_hash: str) -> Key:
    """A terminal's ADMS token, by its hash."""
    return f"PUSH#{_checked(token_hash)}", "PUSH"


def unreadable_line_key(company: CompanyId, device_id: str, line_hash: str) -> Key:
    """A line that a terminal uploaded and nobody could read, by its hash."""
    return f"C#{company}#UNREADABLE#{_checked(device_id)}", _checked(line_hash)


def roster_lock_key(company: CompanyId) -> Key:
    """The lock under which a company's roster changes."""
    return f"C#{company}#LOCK", "ROSTER"


def applied_version_key(company: CompanyId, kind: str, object_id: str) -> Key:
    """Which version of a sibling service's object was applied last; `object_id` may be any text."""
    return f"C#{company}#APPLIED", f"{kind}#{quoted(object_id)}"


def kept_answer_key(company: CompanyId, user_id: str, asked: str) -> Key:
    """The answer kept for a person's request; `asked` is its route and Idempotency-Key."""
    digest = hashlib.sha256(asked.encode()).hexdigest()
    return user_partition(company, user_id), f"ANSWER#{digest}"
