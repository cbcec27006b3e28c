"""Starting and stopping a local stack as a whole."""

import json
import secrets
import shutil
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx

from local import engine_state, environment
from local.answers import why_no_answer
from local.backlog import PATH as BACKLOG
from local.choices import REGION, Choices
from local.deployment import STACK, Deployment
from local.folder import Folder
from local.ports import require_free
from local.processes import Process, tell_death
from local.progress import say, step
from local.sources import STARTED, fingerprint
from local.stack_file import read, write_private


@dataclass(frozen=True)
class Stack:
    """The engine, the deployed template and the front door."""

    choices: Choices
    folder: Folder

    def up(self) -> Deployment:
        """Start what is stopped and deploy what has changed."""
        self.folder.make()
        if self._engine.running() is None:
            self._start_engine()
        deployment = Deployment(self.choices, self.folder)
        if not deployment.current():
            with step("Building the functions"):
                deployment.build()
            with step("Deploying template.yaml to the local engine"):
                deployment.deploy()
        if self._front_door.running() is None:
            with step("Opening the front door"):
                self._open_front_door(deployment.outputs()["ApiId"])
        return deployment

    def down(self) -> None:
        """Close the door, let the consumers finish, save and stop the engine."""
        self._front_door.stop(seconds=60)
        if self._engine.running() is not None:
            with step("Waiting for the last events"):
                self._drain(seconds=60)
            with step("Saving the data"):
                self._engine.stop(seconds=120)
        shutil.rmtree(self.folder.temporary, ignore_errors=True)

    def as_wanted(self) -> bool:
        """Both processes live, on the chosen ports, started from the sources as they are now."""
        both_live = None not in (self._engine.running(), self._front_door.running())
        return both_live and read(self.folder.started) == self._start

    def tell_deaths(self) -> None:
        """Name a process that stopped by itself, with the end of its log."""
        for process in (self._engine, self._front_door):
            tell_death(process)

    def write_file(self, deployment: Deployment, demo: dict[str, Any]) -> None:
        """`stack.json`, with the keys that docs/running-locally.md lists."""
        outputs = deployment.outputs()
        facts: dict[str, Any] = {
            "baseUrl": self.choices.base_url,
            "edgeUrl": None,
            "engineUrl": self.choices.engine_url,
            "region": REGION,
            "stackName": STACK,
            "tableName": outputs["TableName"],
            "eventBusName": outputs["EventBusName"],
            "edgeConfig": None,
            "superAdmin": json.loads(deployment.secret(outputs["SuperAdminSecretArn"])),
            "demo": None,
        }
        write_private(self.folder.stack_file, facts | demo)

    @property
    def _engine(self) -> Process:
        return Process(self.folder, "engine")

    @property
    def _front_door(self) -> Process:
        return Process(self.folder, "front-door")

    @cached_property
    def _key(self) -> str:
        return secrets.token_urlsafe(32)

    @property
    def _start(self) -> dict[str, Any]:
        """What a running stack was started with."""
        return {
            "sources": fingerprint(STARTED),
            "baseUrl": self.choices.base_url,
            "engineUrl": self.choices.engine_url,
            "enforceIam": self.choices.enforce_iam,
        }

    def _start_engine(self) -> None:
        require_free(self.choices.engine_port, variable="ENGINE_PORT", wanted_by="the engine")
        require_free(self.choices.port, variable="PORT", wanted_by="the API and the web page")
        write_private(self.folder.started, self._start)
        engine_state.forget_stream_positions(self.folder)
        with step("Starting the local engine"):
            self._engine.start(
                [sys.executable, "-m", "local.engine"],
                environment.for_engine(self.choices, self.folder, self._key),
            )
            self._engine.wait_ready(self._why_no_engine, seconds=60)

    def _open_front_door(self, api_id: str) -> None:
        self._front_door.start(
            [sys.executable, "-m", "local.front_door"],
            environment.for_service(self.folder)
            | {
                "PORT": str(self.choices.port),
                "ENGINE_URL": self.choices.engine_url,
                "API_ID": api_id,
                "FRONT_DOOR_KEY": self._key,
            },
        )
        self._front_door.wait_ready(self._why_no_api, seconds=60)

    def _why_no_engine(self) -> str:
        return why_no_answer(f"{self.choices.engine_url}/_ministack/ready")

    def _why_no_api(self) -> str:
        return why_no_answer(f"http://127.0.0.1:{self.choices.port}/health")

    def _drain(self, *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        quiet = 0
        while quiet < 3 and time.monotonic() < deadline:
            quiet = quiet + 1 if self._idle() else 0
            time.sleep(0.2)
        if quiet < 3:
            say("The engine forgets some changes that were not yet judged or published.")

    def _idle(self) -> bool:
        try:
            engine_url = read(self.folder.started)["engineUrl"]
            answer = httpx.get(f"{engine_url}{BACKLOG}", timeout=10, trust_env=False)
            return not any(answer.raise_for_status().json().values())
        except httpx.HTTPError:
            return False
