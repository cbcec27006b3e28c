"""Why punches stay in the outbox; none of these loses one.

CloudError
  x CloudUnreachableError  no answer, or one that is no receipt: try again later
  x CloudRefusedError      the service understood and said no
  x NotEnrolledError       the agent has no identity yet
"""


class CloudError(Exception):
    """`str()` is one sentence, `mend` tells a person what to do about it.

    `retry_after` is what the service asked for, in seconds.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, mend: str = "") -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.mend = mend


class CloudUnreachableError(CloudError):
    """Nothing answered, or what answered is not the service."""


class CloudRefusedError(CloudError):
    """An answer of the service that takes nothing: a status of 400 to 499."""


class NotEnrolledError(CloudError):
    """No key and agent id in the state folder: `attendance-edge enroll` makes them."""
