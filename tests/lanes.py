"""How tests are shared out among several workers (`pytest -n 3 --dist loadfile`)."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

STACK_FOLDERS = ("tests/api_clients/", "tests/browser/", "tests/e2e/", "tests/postman/")
"""Where tests may need a running stack."""


class Lanes(LoadScopeScheduling):
    """One worker has all that needs a stack, so that one is deployed; other files go to any.

    The stack's lane is the longest and waits more than it works: it starts first, and there may
    be one worker more than there are cores.
    """

    def __init__(self, config: Any, log: Any = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "stack" if file.startswith(STACK_FOLDERS) else file
