"""Each route, role, company named and id: another company is as if it were not there."""

import os
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from attendance.adapters.directory import Directory
from attendance.bootstrap import Runtime
from attendance.identity import ROOT_COMPANY, CompanyId
from tests.accounts import service
from tests.http_events import Answer
from tests.integration.openapi.people import ROOT_ROLES, People
from tests.proof.cells import SESSION_ROLES, Cell, asked_operations, cells, send, told
from tests.proof.victim import MARKER, Victim

WHOLE = float(os.environ.get("PROOF_SCALE", "1")) > 1
OF_ONE_ANSWER = (
    "date", "cacheKey", "source", "requestId", "elapsedMs", "ssoTime", "createdAt", "updatedAt",
)  # fmt: skip
CHANGING = re.compile(rf'"({"|".join(OF_ONE_ANSWER)})\\?": ?\\?"?[^,}}]*')


class Matrix:
    """A company whose people ask, and another of which they must learn nothing."""

    def __init__(self, parts: Runtime) -> None:
        self.victim = Victim(parts)
        self.people = People(parts)
        own = {"punchId": "2026-03-06 09:00:00#gate#5#0#1", **self.people.things()}
        foreign = {**self.victim.ids, "permissionName": f"{MARKER}.read"}
        unknown = {name: f"unknown-{len(name)}" for name in own}
        unknown["punchId"] = "2026-03-06 09:00:01#gate#5#0#1"
        self.ids = {"own": own, "foreign": foreign, "unknown": unknown}
        self.tokens = {r: None if r == "none" else self.people.token(r) for r in SESSION_ROLES}
        self.asked: Counter[str] = Counter()

    def ask(self, cell: Cell) -> Answer:
        home = ROOT_COMPANY if cell.role in ROOT_ROLES else self.people.company.company_id
        companies = {
            "own": str(home),
            "foreign": self.victim.company.company_id,
            "unknown": "nowhere",
        }
        self.asked[cell.role] += 1
        return send(cell, self.ids, companies, self.tokens[cell.role])

    def told(self, answer: Answer, column: str) -> str:
        """What is told, but for the ids that were sent and what no two answers share."""
        text = told(answer)
        for sent in sorted(self.ids[column].values(), key=len, reverse=True):
            text = text.replace(sent, "ID")
        return CHANGING.sub("", text)


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


@pytest.fixture(scope="module")
def matrix(parts: Runtime) -> Matrix:
    return Matrix(parts)


def is_root_right(cell: Cell) -> bool:
    """A superAdmin may name any company; he and the saasAdmin keep the companies' list."""
    if cell.role == "superAdmin" and cell.naming == "foreign":
        return True
    return cell.role in {"superAdmin", "saasAdmin"} and "/v1/companies" in cell.operation.path


def broken(matrix: Matrix, row: list[Cell]) -> Iterator[str]:
    """What is wrong with the answers to a row: cells that differ in their id alone."""
    answers = {cell.column: (cell, matrix.ask(cell)) for cell in row}
    for cell, answer in answers.values():
        yield from _wrong(matrix, cell, answer)
    if {"foreign", "unknown"} <= answers.keys():
        cell, answer = answers["foreign"]
        other = answers["unknown"][1]
        made = answer.status == other.status == 201
        same = matrix.told(answer, "foreign") == matrix.told(other, "unknown")
        if answer.status != other.status or not (same or made):
            yield f"I10: {cell} is told apart from an unknown id: {answer.text} {other.text}"


def _wrong(matrix: Matrix, cell: Cell, answer: Answer) -> Iterator[str]:
    if answer.status >= 500:
        yield f"{cell}: {answer.status} {answer.text}"
    text = matrix.told(answer, cell.column)
    for secret in matrix.victim.secrets():
        if secret in text:
            yield f"I10: {cell} tells {secret}: {answer.text[:300]}"
    outside = cell.naming in {"foreign", "unknown", "two"}
    if (outside or cell.role == "none") and answer.status not in {400, 401, 404}:
        yield f"I11: {cell} is answered with {answer.status} {answer.text[:300]}"


def rows(operation) -> list[list[Cell]]:
    """Cells by role and naming, without those that are a root role's right."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells(operation, whole=WHOLE):
        if not is_root_right(cell):
            found.setdefault((cell.role, cell.naming), []).append(cell)
    return list(found.values())


@pytest.mark.slow
def test_another_company_is_as_if_it_were_not_there(matrix):
    before = matrix.victim.rows()
    found = [
        line
        for operation in asked_operations()
        for row in rows(operation)
        for line in broken(matrix, row)
    ]
    print(matrix.asked.total(), *found, sep="\n")
    assert found == []
    assert matrix.asked.total() >= 1_200
    assert min(matrix.asked.values()) > 150
    assert matrix.victim.rows() == before
    assert len(before) > 15


def test_a_super_admin_who_names_the_company_is_told_everything(matrix):
    shown = 0
    for operation in asked_operations():
        if operation.method == "get":
            answer = matrix.ask(Cell(operation, "superAdmin", "foreign", "foreign"))
            assert answer.status == 200, (str(operation), answer.text)
            shown += MARKER in answer.text
    assert shown > 20


def test_a_look_up_by_bare_id_is_found_out(matrix, monkeypatch):
    victim = CompanyId(matrix.victim.company.company_id)
    member = Directory.member

    def bare(self, company, collection, member_id):
        own = member(self, company, collection, member_id)
        return own or member(self, victim, collection, member_id)

    monkeypatch.setattr(Directory, "member", bare)
    (operation,) = [o for o in asked_operations() if str(o) == "GET /v1/devices/{deviceId}"]
    found = [line for row in rows(operation) for line in broken(matrix, row)]
    assert any("tells" in line for line in found)
    assert any("told apart" in line for line in found)
