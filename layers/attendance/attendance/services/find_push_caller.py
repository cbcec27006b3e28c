"""Which terminal calls by itself: by its token, and by its serial number (punches.md)."""

import hmac
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from attendance.adapters import account_keys
from attendance.adapters.directory import Directory
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.table_errors import ConditionFailedError
from attendance.errors import UnavailableError
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.services.enrollment_code import hash_of

LONGEST_SERIAL_NUMBER = 64
TRIES = 5


@dataclass(frozen=True, kw_only=True)
class PushCaller:
    """An approved terminal whose token and serial number are right.

    `note` keeps its token's hash, and the mark up to which it has sent.
    """

    device: Member
    note: NoteItem

    @property
    def company(self) -> CompanyId:
        """Whose terminal it is."""
        return CompanyId(self.device.company_id)

    @property
    def stamp(self) -> str | None:
        """How far the terminal has sent, in its own words; None before its first upload."""
        kept = self.note.body.get("stamp")
        return None if kept is None else str(kept)


def find_push_caller(
    directory: Directory, token: str, serial_number: str, now: datetime
) -> PushCaller | None:
    """The terminal that a call comes from, or None; a call tells nobody why it is refused.

    The first serial number that calls with a token is the terminal's from then on, unless a
    person has named one: another terminal with the same token is refused.
    """
    if not _is_serial_number(serial_number):
        return None
    token_hash = hash_of(token)
    for _ in range(TRIES):
        note = directory.table.get(NoteItem, account_keys.push_token_key(token_hash))
        device = None if note is None else _device(directory, note, token_hash)
        if note is None or device is None:
            return None
        known = device.body.get("serialNumber")
        if known:
            same = hmac.compare_digest(str(known).encode(), serial_number.encode())
            return PushCaller(device=device, note=note) if same else None
        pinned = {**device.body, "serialNumber": serial_number}
        with suppress(ConditionFailedError):
            directory.save_member(replace(device, body=pinned, updated_at=now))
    raise UnavailableError("throttled", "The terminal is being changed by others; try again.")


def _device(directory: Directory, note: NoteItem, token_hash: str) -> Member | None:
    company, device_id = CompanyId(note.body["companyId"]), str(note.body["deviceId"])
    device = directory.member(company, "DEVICE", device_id)
    if device is None or not (device.is_active and device.body.get("approved")):
        return None
    kept = str(device.body.get("pushTokenHash") or "")
    return device if hmac.compare_digest(kept, token_hash) else None


def _is_serial_number(text: str) -> bool:
    return 0 < len(text) <= LONGEST_SERIAL_NUMBER and text.isascii() and text.isprintable()
