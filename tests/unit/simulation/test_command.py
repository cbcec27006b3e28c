"""`python -m attendance.simulate < story.json`."""

import json
import subprocess
import sys

import pytest

from tests.unit.domain.tale import Tale


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
