"""The claims of a person's record: the person, the e-mail, the device numbers."""

from collections.abc import Iterable

from attendance.adapters import account_keys, keys
from attendance.adapters.directory import Directory, drop_note, put_note, put_user
from attendance.adapters.items.directory_items import NoteItem
from attendance.errors import ConflictError
from attendance.identity import CompanyId
from attendance.model.directory import User
from attendance.services.claims import Claim
from attendance.services.register_company import take_email


def person_claims(directory: Directory, before: User | None, after: User) -> list[Claim]:
    """All that has to hold for `after` to stand where `before` stood.

    Raises ConflictError: `emailTaken`, `deviceUserIdTaken`. A person who is not active keeps
    the numbers, for old punches, until somebody else is given them; the e-mail is given back.
    """
    company = CompanyId(after.company_id)
    return [
        Claim(put_user(after)),
        *_email_claims(company, before, after),
        *_number_claims(directory, company, before, after),
    ]


def _email_claims(company: CompanyId, before: User | None, after: User) -> list[Claim]:
    held = before.email if before and before.is_active else None
    wanted = after.email if after.is_active else None
    if held == wanted:
        return []
    claims: list[Claim] = []
    if held is not None:
        places = (
            account_keys.email_key(company, held),
            account_keys.company_of_email_key(held, company),
        )
        claims += [Claim(drop_note(place)) for place in places]
    if wanted is not None:
        taken = ConflictError("emailTaken", "email: somebody in the company has this e-mail.")
        claims += [Claim(w, taken) for w in take_email(company, wanted, after.user_id)]
    return claims


def _number_claims(
    directory: Directory, company: CompanyId, before: User | None, after: User
) -> list[Claim]:
    held = before.device_user_ids if before else ()
    dropped = [number for number in held if number not in after.device_user_ids]
    wanted = after.device_user_ids if after.is_active else ()
    return [
        *_dropped(directory, company, after.user_id, dropped),
        *_taken(directory, company, after.user_id, wanted),
    ]


def _dropped(
    directory: Directory, company: CompanyId, user_id: str, numbers: Iterable[str]
) -> list[Claim]:
    places = [keys.owner_key(company, number) for number in numbers]
    notes = directory.table.get_many([(NoteItem, place) for place in places]) if places else []
    return [
        Claim(drop_note(place))
        for place, note in zip(places, notes, strict=True)
        if note is not None and note.body["userId"] == user_id
    ]


def _taken(
    directory: Directory, company: CompanyId, user_id: str, numbers: Iterable[str]
) -> list[Claim]:
    claims: list[Claim] = []
    for number in numbers:
        place = keys.owner_key(company, number)
        note = directory.table.get(NoteItem, place)
        taken = ConflictError(
            "deviceUserIdTaken", f"deviceUserIds: somebody in the company has {number}."
        )
        if note is not None and note.body["userId"] == user_id:
            continue
        if note is not None and _is_active(directory, company, note.body["userId"]):
            raise taken
        revision = 0 if note is None else int(note.revision)
        put = put_note(place, {"userId": user_id}, kind="who", revision=revision)
        claims.append(Claim(put, taken))
    return claims


def _is_active(directory: Directory, company: CompanyId, user_id: str) -> bool:
    owner = directory.user(company, user_id)
    return owner is not None and owner.is_active
