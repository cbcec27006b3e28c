"""What threads freed is given back, however many of them read a large log."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading
import psutil
from attendance_edge.agent.allocation import give_large_buffers_back

def read_a_log():
    parts = [bytes([1]) * 65_528 for _ in range(62)]
    whole = b"".join(parts)
    body = whole[4:]

def work():
    for _ in range(3):
        read_a_log()
    done.wait()
    end.wait()

if sys.argv[1] == "told":
    give_large_buffers_back()
learnt_from = bytearray(20 << 20)
del learnt_from
before = psutil.Process().memory_info().rss
done, end = threading.Barrier(17), threading.Event()
for _ in range(16):
    threading.Thread(target=work).start()
done.wait()
print(psutil.Process().memory_info().rss - before)
end.set()
"""


def kept(word: str) -> float:
    """Megabytes that 16 threads leave behind after a log each was read and dropped."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, word], capture_output=True, check=True)
    return int(done.stdout) / (1 << 20)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="this is about glibc")
def test_large_buffers_go_back_to_the_system_when_they_are_freed() -> None:
    assert kept("told") < 20 < kept("as it comes")
