"""A short way to write stories for tests; every answer comes from the what-if itself."""

from typing import Any

from attendance.simulation import simulate

DAY = "2026-03-06"


class Answer:
    """An answer of the what-if."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.outcomes: list[str] = answer["outcomes"]
        self.records = {record["shiftId"]: record for record in answer["records"]}

    def record(self, shift_id: str = "s1") -> dict[str, Any]:
        return self.records[shift_id]

    def times(self, shift_id: str = "s1") -> tuple[str | None, str | None]:
        record = self.records[shift_id]
        return _short(record["checkInTime"]), _short(record["checkOutTime"])

    def status(self, shift_id: str = "s1") -> str:
        return self.records[shift_id]["status"]

    def details(self, shift_id: str = "s1") -> dict[str, Any]:
        return self.records[shift_id]["details"]

    def flags(self, shift_id: str = "s1") -> list[str]:
        return self.records[shift_id]["details"]["flags"]

    def rules(self, shift_id: str = "s1") -> list[str]:
        return [reason["rule"] for reason in self.records[shift_id]["explain"]]


class Tale:
    """A story in the making: UTC, one shift s1 of 09:00 to 17:00 on a Friday unless told."""

    def __init__(self, *shifts: dict[str, Any], timezone: str = "UTC", **rest: Any) -> None:
        told = list(shifts) or [shift("s1")]
        self.story = {"timezone": timezone, "shifts": told, "events": [], **rest}

    def do(self, what: str, **event: Any) -> "Tale":
        self.story["events"].append({"do": what, **event})
        return self

    def punch(self, at: str, code: int | str | None = None, **rest: Any) -> "Tale":
        event = {"timestamp": moment(at), "device": "gate", "user_id": "5", "punch": code}
        return self.do("punch", **(event | rest))

    def punches(self, *told: tuple[str, int | str | None]) -> "Tale":
        for at, code in told:
            self.punch(at, code)
        return self

    def check_in(self, at: str, shift_id: str = "s1", by: str = "employee", **rest: Any) -> "Tale":
        return self.do("checkIn", at=instant(at), shiftId=shift_id, by=by, **rest)

    def check_out(self, at: str, shift_id: str = "s1", by: str = "employee", **rest: Any) -> "Tale":
        return self.do("checkOut", at=instant(at), shiftId=shift_id, by=by, **rest)

    def mark_absent(self, at: str = "20:00", by: str = "manager", **rest: Any) -> "Tale":
        return self.do("markAbsent", **{"at": instant(at), "shiftId": "s1", "by": by} | rest)

    def correct(self, by: str = "manager", reason: str | None = "seen", **given: Any) -> "Tale":
        names = {"check_in": "checkInTime", "check_out": "checkOutTime", "status": "status"}
        fields = {
            names[name]: instant(value) if name != "status" and value else value
            for name, value in given.items()
            if name in names
        }
        rest = {name: value for name, value in given.items() if name not in names}
        event = {"at": instant("20:00"), "shiftId": "s1", "by": by, "reason": reason}
        return self.do("correct", **event | {"set": fields} | rest)

    def sweep(self, at: str) -> "Tale":
        return self.do("sweep", at=instant(at))

    def tell(self) -> Answer:
        return Answer(simulate(self.story))


def shift(
    shift_id: str, start: str = "09:00", end: str = "17:00", day: str = DAY, **rest: Any
) -> dict[str, Any]:
    return {"shiftId": shift_id, "shiftDate": day, "startTime": start, "endTime": end, **rest}


def moment(at: str) -> str:
    """ "09:00", "09:00:30" of the story's day, or "07T09:00" of another of the month, as a wall."""
    day, _, time = at.rpartition("T")
    date = f"2026-03-{day}" if len(day) == 2 else day or DAY
    return f"{date}T{time if time.count(':') > 1 else time + ':00'}"


def instant(at: str) -> str:
    return moment(at) + "Z"


def _short(at: str | None) -> str | None:
    """ "09:00:00" of the story's day, "07T09:00:00" of another day."""
    if at is None:
        return None
    date, time = at.removesuffix(".000Z").split("T")
    return time if date == DAY else f"{date[-2:]}T{time}"
