"""The demo from first company to first event, and again after a stop."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from local.choices import Choices
from local.demo import people
from local.demo.company import Company, ensure_company
from local.demo.edge import Edge
from local.demo.rest import Rest
from local.demo.subscriber import subscribe, wait_for_check_in
from local.demo.terminals import Terminals
from local.folder import Folder
from local.ports import require_free
from local.processes import tell_death
from local.progress import say, step

ENTRANCE = 1


@dataclass(frozen=True)
class Demo:
    """A company, two terminals and one agent beside a running stack."""

    choices: Choices
    folder: Folder

    def up(self, event_bus_name: str) -> dict[str, Any]:
        """Make or start what is missing; the demo's part of `stack.json`."""
        with Rest(self.choices.base_url) as rest:
            with step("Making the demo company, its people and today's shifts"):
                company = ensure_company(rest, self.folder)
            self._start(rest, company)
            queue_url = subscribe(self.choices, event_bus_name)
            if not self._came_already(rest, company) and _in_time(company):
                with step("Punching at a terminal: waiting for the record and its event"):
                    self._terminals.punch(ENTRANCE, people.number(company.late_comer()))
                    wait_for_check_in(self.choices, queue_url, company.late_comer(), seconds=120)
        return {
            "edgeUrl": self.choices.edge_url,
            "edgeConfig": str(self.folder.edge_config),
            "demo": company.facts,
        }

    def down(self) -> None:
        """Stop the agent, then the terminals; both keep what they know."""
        for process in (self._edge.process, self._terminals.process):
            process.stop(seconds=30)

    def tell_deaths(self) -> None:
        """Name a process that stopped by itself, with the end of its log."""
        for process in (self._edge.process, self._terminals.process):
            tell_death(process)

    def require_port(self) -> None:
        """Raise LaunchError if another program has the edge agent's port."""
        if self._edge.process.running() is None:
            require_free(self.choices.edge_port, variable="EDGE_PORT", wanted_by="the edge agent")

    def explain(self, facts: dict[str, Any]) -> None:
        """Print what to open and how to log in."""
        people_shown = ("tenantAdmin", "manager", "employee")
        say("")
        say(f"Open {self.choices.base_url} and log in to company {facts['companyCodename']}:")
        for name in people_shown:
            say(f"  {name:<12} {facts[name]['email']:<24} {facts[name]['password']}")
        say("Punch at the entrance as employee number 2 (punch 0 is in, 1 is out):")
        url = f"{self._terminals.control_url}/terminals/{ENTRANCE}/punches"
        say(f"""  curl -X POST {url} -d '{{"user_id": "2", "punch": 0}}'""")
        say(f"The edge agent answers at {self.choices.edge_url}/attendance/all")

    @property
    def _terminals(self) -> Terminals:
        return Terminals(self.folder)

    @property
    def _edge(self) -> Edge:
        return Edge(self.choices, self.folder)

    def _start(self, rest: Rest, company: Company) -> None:
        known = self._edge.enrolled(rest)
        if known and self._edge.process.running() and self._terminals.process.running():
            return
        self.down()
        if not known:
            self._terminals.forget()
        self.require_port()
        with step("Starting two emulated terminals"):
            self._terminals.start(company.day.zone)
        self._edge.configure(self._terminals, company.day.zone)
        if not known:
            with step("Enrolling the edge agent"):
                self._edge.enroll(rest)
        with step("Starting the edge agent"):
            self._edge.start()

    def _came_already(self, rest: Rest, company: Company) -> bool:
        path = f"/v1/attendance-records?userId={company.late_comer()}&date={company.day.date}"
        return bool(rest.call("GET", path)["rowCount"])


def _in_time(company: Company) -> bool:
    """Within the late shift's window, an hour or more before its end."""
    now = datetime.now(ZoneInfo(company.day.zone))
    return now.date() == company.day.date and 8 <= now.hour < 17
