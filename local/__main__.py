"""`python -m local up|down|logs|reset`: what `make` calls."""

import os
import shutil
import subprocess
import sys

from local.choices import Choices
from local.demo.demo import Demo
from local.errors import LaunchError
from local.folder import REPOSITORY, Folder
from local.progress import console, say
from local.stack import Stack


def up() -> None:
    """Start the stack, and the demo unless DEMO=0; write `stack.json`."""
    choices, folder = Choices.from_environment(), Folder.from_environment()
    stack, demo = Stack(choices, folder), Demo(choices, folder)
    deployment = stack.up()
    stack.write_file(deployment, {})
    if not choices.demo:
        demo.down()
        say(f"The API is at {choices.base_url}; all else is in {folder.stack_file}")
        return
    facts = demo.up(deployment.outputs()["EventBusName"])
    stack.write_file(deployment, facts)
    demo.explain(facts["demo"])


def down() -> None:
    """Stop everything, data kept: first who writes, then who stores."""
    choices, folder = Choices.from_environment(), Folder.from_environment()
    Demo(choices, folder).down()
    Stack(choices, folder).down()


def logs() -> None:
    """Follow every process's log until interrupted."""
    files = sorted(Folder.from_environment().logs.glob("*.log"))
    if not files:
        raise LaunchError("nothing has run here yet: make up")
    try:
        subprocess.run(["tail", "-n", "20", "-F", *map(str, files)], check=False)
    except KeyboardInterrupt:
        say("")


def reset() -> None:
    """Stop everything and forget the local data."""
    down()
    shutil.rmtree(Folder.from_environment().root, ignore_errors=True)
    say("The local data is gone; make up starts anew.")


_COMMANDS = {"up": up, "down": down, "logs": logs, "reset": reset}


def main(arguments: list[str]) -> int:
    """0 done; 1 failed, with one message; 2 no such command."""
    if len(arguments) != 1 or arguments[0] not in _COMMANDS:
        console.print(f"usage: python -m local {'|'.join(_COMMANDS)}", markup=False)
        return 2
    os.chdir(REPOSITORY)
    os.umask(0o077)
    try:
        _COMMANDS[arguments[0]]()
    except LaunchError as failure:
        console.print(str(failure), style="red", markup=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
