"""A person that a body names has to be there."""

from attendance.errors import NotFoundError
from attendance.model.directory import User
from attendance.services.collections.shelf import Caller


def require_user(caller: Caller, user_id: str) -> User:
    """The active person of the session's company.

    Raises NotFoundError (`userNotFound`), the same for a person of another company.
    """
    user = caller.parts.directory.user(caller.session.company, user_id)
    if user is None or not user.is_active:
        raise NotFoundError(f"userId: there is no person {user_id}.", word="userNotFound")
    return user
