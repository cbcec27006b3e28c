"""How much of the plan is carried out, and the seed of its dice."""

import os
import random


def scaled(number: int) -> int:
    """A number of the plan, times `PROOF_SCALE` (1 unless set)."""
    return max(1, int(number * float(os.environ.get("PROOF_SCALE", "1"))))


def always_the_same() -> bool:
    """Whether dice fall as in every run: unless `PROOF_SEED` is set."""
    return "PROOF_SEED" not in os.environ


def seeded(name: str) -> random.Random:
    """Dice that `PROOF_SEED` throws again; the seed is printed for a test that fails."""
    seed = os.environ.get("PROOF_SEED", "attendance")
    print(f"PROOF_SEED={seed} for {name}")
    return random.Random(f"{seed} {name}")
