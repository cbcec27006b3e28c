"""How the launcher fails: one sentence that says what to do."""


class LaunchError(Exception):
    """Shown to the person at the terminal without a traceback."""
