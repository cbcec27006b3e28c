"""A terminal's ADMS token: it calls `/iclock/{token}/...` by itself (punches.md)."""

import secrets
from dataclasses import replace
from typing import Any

from attendance.adapters import account_keys
from attendance.adapters.directory import drop_note, put_member, put_note
from attendance.errors import UnavailableError
from attendance.services.claims import ChangedMeanwhileError, Claim, commit
from attendance.services.collections.devices import Devices
from attendance.services.collections.shelf import Caller
from attendance.services.enrollment_code import hash_of

TOKEN_BYTES = 16
TRIES = 5


def make_push_token(caller: Caller, devices: Devices, device_id: str) -> dict[str, Any]:
    """A fresh token, of which only the hash is kept; the terminal's former one ends.

    Raises NotFoundError for a terminal that is not there.
    """
    caller.session.require(devices.write, device_id)
    made = caller.attempt.made()
    if made is not None:
        return made
    for _ in range(TRIES):
        device = devices.found(devices.find(caller, device_id))
        token = secrets.token_urlsafe(TOKEN_BYTES)
        after = replace(device, body={**device.body, "pushTokenHash": hash_of(token)})
        place = {"companyId": device.company_id, "deviceId": device_id}
        shown = {
            "id": device_id,
            "deviceId": device_id,
            "token": token,
            "path": f"/iclock/{token}/",
        }
        claims = [
            Claim(put_member(after)),
            Claim(put_note(account_keys.push_token_key(hash_of(token)), place, kind="pushToken")),
            *caller.attempt.receipt(shown),
        ]
        former = device.body.get("pushTokenHash")
        if former:
            claims.append(Claim(drop_note(account_keys.push_token_key(former))))
        try:
            commit(caller.parts.directory, claims)
        except ChangedMeanwhileError:
            continue
        return shown
    raise UnavailableError("throttled", "The terminal is being changed by others; try again.")
