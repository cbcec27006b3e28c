"""The service of the simulation: keeps strict books, and its answers may be lost or spoilt."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx

from attendance_edge.instants import from_iso
from tests.edge.proof.recording import RecordedLedger

if TYPE_CHECKING:
    from collections.abc import Callable

    from attendance_edge.uplink import AgentIdentity
    from tests.edge.simulation.clock import Clock
    from tests.edge.simulation.diary import Diary
    from tests.edge.simulation.door import Door
    from tests.edge.simulation.fate import Fate

SKEW_SECONDS = 300
ON_THE_WAY = timedelta(seconds=2)
"""Terminals tell whole seconds, and their clocks are read to about one."""
REFUSALS = ("no connection", "429", "503", "504 after a minute", "500 that is a page")
SPOILT = ("lost", "half", "nothing", "a page", "fewer rows", "corrupt", "too late")
HTML = b"<html>Welcome to the guest network</html>"


class DatedSigner:
    """In the place of the agent's Signer, which is slow and tried elsewhere: only the time."""

    def __init__(self, _identity: AgentIdentity) -> None:
        pass

    def sign(self, request: httpx.Request, created: datetime) -> None:
        request.headers["Signature-Input"] = f"created={int(created.timestamp())}"


class CloudModel(RecordedLedger, httpx.BaseTransport):
    """`share` of the exchanges fail; `promises` are broken when a watermark was too early."""

    def __init__(self, doors: dict[str, Door], clock: Clock, diary: Diary, fate: Fate) -> None:
        super().__init__(diary)  # type: ignore[arg-type]
        self.share = 0.0
        self.meanwhile: Callable[[], None] = lambda: None
        self.is_urgent: Callable[[], bool] = lambda: False
        self.broken_promises: list[str] = []
        self._doors = doors
        self._clock = clock
        self._fate = fate
        self._accepted: set[tuple[Any, ...]] = set()
        self._refused: set[tuple[Any, ...]] = set()

    def now(self) -> datetime:
        return self._clock.now()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._fate.step("posting")
        self.begin_exchange()
        self._clock.spend(0.05)
        fault = self._fate.dice.choice((*REFUSALS, *SPOILT)) if self._fails() else ""
        if fault in REFUSALS:
            self._fate.strike(f"the service: {fault}")
            self.note("fail")
            return self._refuse(fault)
        if abs(_created(request) - self.now().timestamp()) > SKEW_SECONDS:
            self._fate.strike("the service: 401 for the agent's clock")
            self.note("fail")
            return _json(401, {"message": "time", "serverTime": self.now().isoformat()})
        receipt = self._take(json.loads(request.read()))
        self.meanwhile()
        self._fate.step("posted")
        self.note("fail" if fault else "ok", None if fault else self.exchange.result)
        return self._spoil(fault, receipt) if fault else _json(200, receipt)

    def _fails(self) -> bool:
        return self._fate.happens(self.share)

    def _take(self, batch: dict[str, Any]) -> dict[str, Any]:
        receipt = self._store(batch)
        self._accepted.update(self.exchange.result["accepted"])
        self._refused.update(key for key, _ in self.exchange.result["rejected"])
        for report in batch["devices"]:
            if report.get("watermark"):
                self._check_promise(self._doors[report["device_id"]], from_iso(report["watermark"]))
        return receipt

    def _check_promise(self, door: Door, watermark: datetime) -> None:
        """What the terminal holds from before its watermark has arrived.

        But for what it took after somebody had turned its clock behind the agent's back.
        """
        if door.has_lied:
            return
        for key, meant in door.meant.items():
            is_due = meant.instant + ON_THE_WAY < watermark and meant.turns <= door.turns_when_read
            if is_due and key not in self._accepted and key not in self._refused:
                self.broken_promises.append(f"{key}, before {watermark}, is still on its way")

    def _refuse(self, fault: str) -> httpx.Response:
        if fault == "no connection":
            raise httpx.ConnectError("refused")
        if fault == "504 after a minute":
            self._hang(30.0)
            return _json(504, {"message": "Endpoint request timed out"})
        if fault == "500 that is a page":
            return httpx.Response(500, content=HTML)
        asked = {"Retry-After": str(self._fate.dice.randrange(30))}
        return httpx.Response(int(fault), json={"message": "busy"}, headers=asked)

    def _hang(self, seconds: float) -> None:
        """A conversation that waits for this exchange to end does so in this simulation only."""
        if not self.is_urgent():
            self._clock.spend(seconds)

    def _spoil(self, fault: str, receipt: dict[str, Any]) -> httpx.Response:
        self._fate.strike(f"an answer: {fault}")
        whole = json.dumps(receipt).encode()
        if fault == "lost":
            raise httpx.ReadError("reset")
        if fault == "too late":
            self._hang(35.0)
            raise httpx.ReadTimeout("timed out")
        place = self._fate.dice.randrange(len(whole) - 2)
        fewer = {**receipt, "accepted": receipt["accepted"] - 1}
        changed = {
            "half": whole[: len(whole) // 2],
            "nothing": b"",
            "a page": HTML,
            "fewer rows": json.dumps(fewer).encode(),
            "corrupt": whole[:place] + b"\xff" + whole[place + 1 :],
        }
        return httpx.Response(200, content=changed[fault])


def _created(request: httpx.Request) -> int:
    return int(request.headers["Signature-Input"].removeprefix("created="))


def _json(status: int, fields: dict[str, Any]) -> httpx.Response:
    return httpx.Response(status, json=fields)
