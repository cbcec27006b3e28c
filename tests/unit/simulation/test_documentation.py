"""The worked examples of docs/rules.md are told and answered as the page says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from attendance.domain.policy import Policy
from attendance.simulation import simulate

PAGE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json story\n(.*?)```\s*```json answer\n(.*?)```", PAGE, re.DOTALL)


def assert_says(answer: Any, expected: Any) -> None:
    """What is expected is in the answer; an object may hold more, a list may not."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert_says(answer[key], value)
    elif isinstance(expected, list):
        assert len(answer) == len(expected)
        for one, other in zip(answer, expected, strict=True):
            assert_says(one, other)
    else:
        assert answer == expected


@pytest.mark.parametrize(("story", "answer"), EXAMPLES)
def test_a_worked_example_is_true(story: str, answer: str) -> None:
    assert_says(simulate(json.loads(story)), json.loads(answer))


def test_every_story_of_the_page_has_its_answer() -> None:
    assert len(EXAMPLES) == PAGE.count("```json story") >= 6


def test_every_policy_field_the_page_names_is_one() -> None:
    named = set(re.findall(r"`([a-z][A-Za-z]+(?:Minutes|Seconds|Days))`", PAGE))
    assert named <= set(Policy().as_mapping())
    assert len(named) > 8
