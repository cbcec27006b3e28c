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
    stack, demo = _parts()
    stack.tell_deaths()
    demo.tell_deaths()
    if not stack.as_wanted():
        _stop(stack, demo)
    if stack.choices.demo:
        demo.require_port()
    deployment = stack.up()
    if stack.choices.demo:
        facts = demo.up(deployment.outputs()["EventBusName"])
        stack.write_file(deployment, facts)
        demo.explain(facts["demo"])
    else:
        demo.down()
        stack.write_file(deployment, {})
        say(f"The API is at {stack.choices.base_url}; all else is in {stack.folder.stack_file}")


def down() -> None:
    """Stop everything, data kept."""
    _stop(*_parts())
    say("Everything is stopped; the data is kept.")


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
    _stop(*_parts())
    shutil.rmtree(Folder.from_environment().root, ignore_errors=True)
    say("The local data is gone; make up starts anew.")


def _parts() -> tuple[Stack, Demo]:
    choices, folder = Choices.from_environment(), Folder.from_environment()
    return Stack(choices, folder), Demo(choices, folder)


def _stop(stack: Stack, demo: Demo) -> None:
    """First who writes, then who stores."""
    demo.down()
    stack.down()


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
