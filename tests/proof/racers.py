"""Many who do the same thing at the same moment, and what each was told."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from attendance.errors import ConflictError, UnavailableError
from attendance.model.judge_task import JudgeTask
from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.services.check_in import CheckIn, check_in
from attendance.services.check_out import CheckOut, check_out
from attendance.services.company_facts import load_company_facts
from attendance.services.judge_person import Scope
from attendance.services.judge_tasks import judge_scope
from attendance.services.mark_absent import MarkAbsent, mark_absent
from attendance.services.settle_verdict import DIRECTORY_CHANGE
from tests.proof.record_history import FAIL, INFO, OK, Told
from tests.proof.staff import Staff

RACERS = 32
Racer = Callable[[str], Seat | None]


class Track:
    """Where the managers of an office race for its people's records."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.parts, self.company = staff.office.world.parts, staff.office.world.company
        self._session = Session(
            session_id="session",
            user=staff.office.world.users["mia"],
            company=self.company,
            company_codename="acme",
            access_token=None,
            by_cookie=False,
            issued_at=datetime.now(UTC),
        )

    def check_in(self, user_id: str) -> Seat:
        """Two hours ago, by a manager."""
        command = CheckIn(
            shift_id=self.staff.shift_id,
            user_id=user_id,
            at=self.staff.office.now - timedelta(hours=2),
            check_out_at=None,
            absence_reason=None,
            manager_note=None,
        )
        return check_in(self.parts, self._session, command, request_id="race")

    def check_out(self, user_id: str) -> Seat:
        """Now."""
        command = CheckOut(record_id=self.seat(user_id).record_id, at=self.staff.office.now)
        return check_out(self.parts, self._session, command, request_id="race")

    def mark_absent(self, user_id: str) -> Seat:
        """A manager's decision."""
        command = MarkAbsent(
            user_id=user_id,
            shift_id=self.staff.shift_id,
            absence_reason="ill",
            manager_note=None,
        )
        return mark_absent(self.parts, self._session, command, request_id="race")

    def sweep(self, user_id: str) -> None:
        """What a tick of the clock does for a seat, a day from now, when it is due."""
        later = self.staff.office.now + timedelta(days=1)
        day = self.seat(user_id).shift.shift_date
        task = JudgeTask(
            company_id=str(self.company),
            actor="sweep",
            cause=DIRECTORY_CHANGE,
            request_id="tick",
            work=(),
            swept_at=later,
        )
        facts = load_company_facts(self.parts.directory, self.company)
        judge_scope(self.parts, facts, Scope(user_id=user_id, first=day, last=day), task)

    def seat(self, user_id: str) -> Seat:
        """As it is now."""
        day = self.staff.office.now.date()
        seats = self.parts.seats.of_user(self.company, user_id, day, day + timedelta(days=1))
        return seats[0]

    def race(self, user_id: str, evidence: str, racers: Sequence[Racer]) -> list[Told]:
        """All start at once; what they were told, in their order."""
        start = Barrier(len(racers))

        def run(racer: Racer) -> Told:
            start.wait()
            outcome, word = outcome_of(lambda: racer(user_id))
            return Told(user_id=user_id, evidence=evidence, outcome=outcome, word=word, alone=False)

        with ThreadPoolExecutor(len(racers)) as pool:
            return list(pool.map(run, racers))


def outcome_of(deed: Callable[[], object]) -> tuple[str, str]:
    """How it ended, and the word of a refusal."""
    try:
        deed()
    except ConflictError as error:
        return FAIL, error.word
    except UnavailableError as error:
        return INFO, error.word
    return OK, ""
