"""The agent as a task of Windows that starts with the machine and is never ended by it."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

TASK_NAME = "attendance-edge"
FILE_NAME = "attendance-edge-task.xml"
_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Attendance edge agent</Description></RegistrationInfo>
  <Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>
  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId></Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>255</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
"""S-1-5-18 is the system's own account; a limit of PT0S is none, where three days are usual."""


def task_text(arguments: Sequence[str], folder: Path) -> str:
    """The task's file."""
    return _TASK.format(
        command=escape(arguments[0]),
        arguments=escape(subprocess.list2cmdline(arguments[1:])),
        folder=escape(str(folder)),
    )


def create_task(path: Path, text: str) -> str:
    """Keep the file and make the task of it; what Windows said when it refused, else ""."""
    path.write_text(text, encoding="utf-16")
    done = subprocess.run(creation(path), capture_output=True, check=False)  # noqa: S603
    said = (done.stderr or done.stdout).decode(errors="replace").strip()
    return "" if done.returncode == 0 else said or f"exit code {done.returncode}"


def creation(path: Path) -> list[str]:
    """The command that makes the task."""
    return ["schtasks", "/Create", "/F", "/TN", TASK_NAME, "/XML", str(path)]
