"""`python -m attendance.simulate < story.json`."""

import json
import subprocess
import sys

import pytest

from tests.unit.domain.tale import Tale, shift


def run(text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "attendance.simulate"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def test_a_story_on_standard_input_is_answered_on_standard_output() -> None:
    done = run(json.dumps(Tale().punch("09:30", 0).story))
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert answer["outcomes"] == ["applied"]
    assert answer["records"][0]["status"] == "late"


def test_a_malformed_story_names_the_path_of_the_mistake() -> None:
    done = run(json.dumps(Tale().do("sweep", at="soon").story))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("events[0].at: ")


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000])
def test_what_is_no_json_is_told_so(text: str) -> None:
    done = run(text)
    assert done.returncode == 2
    assert done.stderr.startswith("story: expected JSON")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_story_may_be_saved_by_any_editor(encoding: str) -> None:
    story = json.dumps(Tale(shift("früh")).story, ensure_ascii=False).encode(encoding)
    command = [sys.executable, "-m", "attendance.simulate"]
    done = subprocess.run(command, input=story, capture_output=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["outcomes"]) == (0, [])


def test_what_is_no_text_is_told_so() -> None:
    command = [sys.executable, "-m", "attendance.simulate"]
    done = subprocess.run(command, input=b'{"\xff": 1}', capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"story: expected JSON")
