"""The worked examples of the rules are told and answered as the pages say, for every line."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from attendance.domain.explain_punches import MATCHING
from attendance.domain.policy import Policy
from attendance.simulation import simulate

DOCS = Path(__file__).parents[3] / "docs"
RULES, LINES = (
    (DOCS / name).read_text(encoding="utf-8") for name in ("rules.md", "rules-by-example.md")
)
EXAMPLE = re.compile(r"```json story\n(.*?)```\s*```json answer\n(.*?)```", re.DOTALL)
STORY_OF_LINES = re.compile(
    r"^### ([^\n]+)\n\n[^\n]+\n\n```json story\n(.*?)```\n\n```json answer",
    re.MULTILINE | re.DOTALL,
)
NUMBER = re.compile(r"[A-Z]\d+[a-e]?")
TOLD_BY_NO_STORY = {"A4", "S9"}
"""What waits for a silent terminal: the what-if takes all to have reported (simulate.md)."""


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


@pytest.mark.parametrize(("story", "answer"), EXAMPLE.findall(RULES) + EXAMPLE.findall(LINES))
def test_a_worked_example_is_true(story: str, answer: str) -> None:
    assert_says(simulate(json.loads(story)), json.loads(answer))


@pytest.mark.parametrize("page", [RULES, LINES])
def test_every_story_of_a_page_has_its_answer(page: str) -> None:
    assert len(EXAMPLE.findall(page)) == page.count("```json story") >= 6


def first_cells() -> list[str]:
    """The first cell of every row, heads left out, of the tables that decide."""
    decides = RULES[: RULES.index("## When something changes afterwards")]
    rows = re.findall(r"^\| ?([^|]*?) ?\|.*\n(?!\|-)", decides, re.MULTILINE)
    return [cell for cell in rows if not set(cell) <= set("-")]


def test_every_line_of_every_table_that_decides_has_a_number_of_its_own() -> None:
    numbers = first_cells()
    assert [cell for cell in numbers if not NUMBER.fullmatch(cell)] == []
    assert len(numbers) == len(set(numbers)) > 80


def test_every_line_of_every_table_that_decides_has_a_worked_example() -> None:
    told = {number for head, _ in STORY_OF_LINES.findall(LINES) for number in head.split(", ")}
    assert told == set(first_cells()) - TOLD_BY_NO_STORY


@pytest.mark.parametrize("line", sorted(MATCHING.keys() - {"M6d"}))
def test_the_story_of_a_line_of_matching_is_decided_by_that_line(line: str) -> None:
    """M6d says why an IN is not the ended shift's; M3 has left that one out by then."""
    stories = [
        json.loads(story)
        for head, story in STORY_OF_LINES.findall(LINES)
        if line in head.split(", ")
    ]
    for story in stories:
        explained = [r["explain"] for r in simulate(story)["records"]]
        assert MATCHING[line] in {reason["text"] for rules in explained for reason in rules}
    assert stories


def test_every_policy_field_the_page_names_is_one() -> None:
    named = set(re.findall(r"`([a-z][A-Za-z]+(?:Minutes|Seconds|Days))`", RULES))
    assert named <= set(Policy().as_mapping())
    assert len(named) > 8
