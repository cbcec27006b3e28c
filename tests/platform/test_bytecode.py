"""Libraries without their sources: the same programs, line by line."""

import subprocess
import sys
from pathlib import Path

import pytest

from local.bytecode import leave_bytecode, without_docstrings

SOURCE = b'''"""A module."""
class Kept:
    """A class

    of two paragraphs."""
    value = 1

def one(): "short"; return 1

def two():
    """A function of
    \xc3\xa4 lines."""

def three():
    "no" + "docstring"
    return "kept"
'''


def test_docstrings_go_and_lines_stay() -> None:
    stripped = without_docstrings(SOURCE)

    assert stripped.splitlines() == [
        *(b'"."', b"class Kept:", b'    "."', b"", b"", b"    value = 1", b""),
        *(b'def one(): "short"; return 1', b"", b"def two():", b'    "."', b"", b""),
        *(b"def three():", b'    "no" + "docstring"', b'    return "kept"'),
    ]


def test_a_library_is_imported_from_its_bytecode(tmp_path: Path) -> None:
    package = tmp_path / "library"
    package.mkdir()
    (package / "__init__.py").write_bytes(SOURCE)
    (package / "part.py").write_text("from library import Kept\n")

    assert leave_bytecode(tmp_path)

    assert {path.name for path in package.iterdir()} == {"__init__.pyc", "part.pyc"}
    code = "import sys; sys.path.insert(0, sys.argv[1]); import library.part as p; print(p.Kept())"
    told = subprocess.check_output([sys.executable, "-I", "-c", code, str(tmp_path)], text=True)
    assert "library.Kept" in told


def test_a_library_that_does_not_compile_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.py").write_text("def f(:\n")

    assert not leave_bytecode(tmp_path)
    assert "broken.py" in capfd.readouterr().out
