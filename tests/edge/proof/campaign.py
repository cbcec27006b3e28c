"""Kill after kill at one site, from a process that has the agent's program loaded."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.edge.proof.agent_life import FAILPOINTS
from tests.edge.proof.site import LONGEST_LIFE_SECONDS, PROCESSES, Site

if TYPE_CHECKING:
    from collections.abc import Sequence

EARLY, AT_RANDOM = "early", "at random"
EARLY_SECONDS = 0.1


def load_agents_program() -> None:
    """Have its modules loaded once, in the process that all lives are forked from."""
    folder = Path(__file__).parents[3]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(map(str, (folder, folder / "functions"))))
        PROCESSES.set_forkserver_preload(["tests.edge.proof.agent_life"])
        forkserver.ensure_running()


def under_fire(
    folder: Path,
    seed: str,
    ends: Sequence[str],
    make: Callable[[Path, ExitStack, str], Site] = Site,
) -> Site:
    """A site after its kills, in any order, and its recovery; `ends` says where each one strikes.

    A failpoint, EARLY for the first moments of a life, AT_RANDOM for any other.
    """
    folder.mkdir()
    with ExitStack() as stack:
        site = make(folder, stack, seed)
        for end in site.random.sample(ends, k=len(ends)):
            if end in FAILPOINTS:
                site.kill_at(end)
            else:
                site.kill_at_random(EARLY_SECONDS if end == EARLY else LONGEST_LIFE_SECONDS)
        site.recover()
        return site
