"""The page about the emulator names every fault and every option there is."""

from dataclasses import fields
from pathlib import Path

import pytest

from attendance_edge.simulator import DeviceOptions, Faults

PAGE = (Path(__file__).parents[3] / "docs" / "simulator.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [f.name for f in fields(Faults) if f.name != "fired"])
def test_every_fault_is_documented(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", [f.name for f in fields(DeviceOptions)])
def test_every_option_of_a_terminal_is_documented(name):
    assert f"`{name}`" in PAGE
