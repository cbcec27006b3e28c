"""What an operator should know, in plain words, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """ok: nothing to do; note: works, but look; bad: mend this."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"


class Part(StrEnum):
    """What was looked at, which decides doctor's exit code."""

    MACHINE = "machine"
    CLOUD = "cloud"
    TERMINAL = "terminal"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at; `mend` is empty when there is nothing to do."""

    part: Part
    what: str
    verdict: Verdict
    says: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"{self.verdict:<5} {self.what}: {self.says}"
        return f"{line}\n      -> {self.mend}" if self.mend else line


def ok(part: Part, what: str, says: str) -> Finding:
    """Nothing to do."""
    return Finding(part=part, what=what, verdict=Verdict.OK, says=says)


def note(part: Part, what: str, says: str, mend: str) -> Finding:
    """It works, but wants a look."""
    return Finding(part=part, what=what, verdict=Verdict.NOTE, says=says, mend=mend)


def bad(part: Part, what: str, says: str, mend: str) -> Finding:
    """To be mended."""
    return Finding(part=part, what=what, verdict=Verdict.BAD, says=says, mend=mend)
