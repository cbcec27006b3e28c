"""The machine that the agent runs on: its disk fills, its files are damaged, its clock jumps."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance_edge.outbox import OutboxError, make_private_folder
from attendance_edge.outbox.opening import FILE_NAME
from attendance_edge.uplink import AgentIdentity
from attendance_edge.uplink.identity import save_identity
from tests.edge.proof.full_disk import BALLAST_BYTES, Disk
from tests.edge.proof.noted_outbox import NotedOutbox
from tests.edge.proof.recording import read_back
from tests.edge.simulation.door import utc

if TYPE_CHECKING:
    from tests.edge.simulation.clock import Clock
    from tests.edge.simulation.diary import Diary
    from tests.edge.simulation.fate import Fate

WRONG_HOURS = (-24.0, -1.0, 1.0, 24.0)
WRONG_DATES = (utc("2000-02-01 00:00:00"), utc("2099-06-01 00:00:00"))
PAGE = 4096
DAMAGE = ("head", "page", "empty page", "cut")


def wrong_by(now: datetime, fate: Fate) -> timedelta:
    """How wrong a clock is after a jump: an hour, a day, or at the end of its range."""
    fate.strike("a clock jumps")
    if fate.happens(0.3):
        return fate.dice.choice(WRONG_DATES) - now
    return timedelta(hours=fate.dice.choice(WRONG_HOURS))


class Machine:
    """One state folder, used again for every day: `begin` empties it."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self._left = folder / "left"
        self.disk = Disk(self.state)
        key = Ed25519PrivateKey.generate()
        self._identity = AgentIdentity(agent_id="a", company_id="acme", url="http://cloud", key=key)

    def begin(self, clock: Clock, diary: Diary, fate: Fate) -> None:
        self.disk.grow()
        shutil.rmtree(self.state, ignore_errors=True)
        make_private_folder(self.state)
        save_identity(self.state, self._identity)
        self._clock, self._diary, self._fate = clock, diary, fate
        self.outbox: NotedOutbox | None = None
        self._is_damaged = False

    def start(self) -> NotedOutbox | None:
        """The outbox as the agent opens it; None where it says that it cannot."""
        self._fate.step("opening the outbox")
        try:
            self.outbox = NotedOutbox(self.state, self._diary, ballast_bytes=BALLAST_BYTES)  # type: ignore[arg-type]
        except OutboxError:
            self._fate.strike("the outbox cannot be opened")
            return None
        self._is_damaged = False
        return self.outbox

    def look(self) -> None:
        """What a restart will find; nothing to be told from a damaged file before one."""
        if not self._is_damaged:
            read_back(self.state, self._diary)  # type: ignore[arg-type]

    def kill(self) -> None:
        """Leave the files as they are now: a clean end would fold the journal in."""
        if self.outbox is None:
            return
        shutil.copytree(self.state, self._left, ignore=shutil.ignore_patterns("*-shm"))
        self.outbox.close()
        self.outbox = None
        shutil.rmtree(self.state)
        self._left.rename(self.state)

    def turn_clock(self) -> None:
        right = self._fate.happens(0.4)
        now = self._clock.now()
        self._clock.agent_error = timedelta(0) if right else wrong_by(now, self._fate)

    def fill_disk(self) -> None:
        self._fate.strike("the disk is full")
        self.disk.shrink(self._fate.dice.randrange(30_000))

    def damage(self) -> None:
        """Something else wrote into the database, or it was cut, while the agent was down."""
        path = self.state / FILE_NAME
        with suppress(FileNotFoundError):
            content = bytearray(path.read_bytes())
            dice = self._fate.dice
            if len(content) < PAGE:
                return
            page = dice.randrange(len(content) // PAGE) * PAGE
            kind = dice.choice(DAMAGE)
            if kind == "head":
                content[:100] = dice.randbytes(100)
            elif kind == "cut":
                del content[max(PAGE, page) - 100 :]
            else:
                content[page : page + PAGE] = (
                    dice.randbytes(PAGE) if kind == "page" else bytes(PAGE)
                )
            path.write_bytes(content)
            self._is_damaged = True
            self._fate.strike(f"the outbox is damaged: {kind}")
            self._diary.add("machine", "info", "damage")
