"""A CSV file as rows under the JSON names of a body (rest-api.md section 7, imports)."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from attendance.errors import InvalidError, TooLargeError

MAX_ROWS = 5_000
MAX_QUOTED = 100
_DELIMITERS = (",", ";")


@dataclass(frozen=True, kw_only=True)
class CsvRow:
    """The cells of a row by header name; `line` is where it begins, the header being line 1."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A row that cannot be taken: which field, where one is known, and why."""

    line: int
    field: str | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class CsvFile:
    """Sound rows, and those that do not fit the header."""

    rows: list[CsvRow]
    bad: list[BadRow]

    @property
    def count(self) -> int:
        """How many rows there are below the header; blank lines are none."""
        return len(self.rows) + len(self.bad)


def read_csv(text: str, names: Collection[str]) -> CsvFile:
    """The rows of a file whose first line names its columns; other names than `names` are ignored.

    A byte order mark is passed over; the delimiter is the one of `,` and `;` by which the header
    has more of the names. Raises InvalidError (`invalidBody`, `invalidHeader`), TooLargeError.
    """
    lines = _lines(_checked(text.removeprefix("\ufeff")), names)
    _, header = next(lines, (1, []))
    header = _checked_header([name.strip() for name in header], names)
    rows: list[CsvRow] = []
    bad: list[BadRow] = []
    for line, cells in lines:
        if len(rows) + len(bad) == MAX_ROWS:
            raise TooLargeError("tooLarge", f"The file may have {MAX_ROWS:,} rows at most.")
        if len(cells) == len(header):
            given = dict(zip(header, cells, strict=True))
            rows.append(CsvRow(line=line, cells={n: given[n] for n in names if n in given}))
        else:
            reason = f"expected {len(header)} cells, as in the header, not {len(cells)}."
            bad.append(BadRow(line=line, field=None, reason=reason))
    return CsvFile(rows=rows, bad=bad)


def quoted(text: str) -> str:
    """What a message may quote of a file: never more than 100 characters."""
    return repr(text if len(text) <= MAX_QUOTED else f"{text[: MAX_QUOTED - 1]}…")


def _lines(text: str, names: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(text, names), strict=True
    )
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidError("invalidBody", f"body: line {line}: expected CSV ({error}).") from error


def _checked(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidError("invalidBody", "body: expected text in UTF-8.") from error
    return text


def _delimiter(text: str, names: Collection[str]) -> str:
    header = text.lstrip("\r\n").partition("\n")[0]

    def known(delimiter: str) -> int:
        return sum(cell.strip(' \r"') in names for cell in header.split(delimiter))

    return max(_DELIMITERS, key=known)


def _checked_header(header: list[str], names: Collection[str]) -> list[str]:
    if not set(names) & set(header):
        first = f" not {quoted(','.join(header))}" if header else " in the first line"
        raise InvalidError(
            "invalidHeader", f"header: expected names of {', '.join(names)},{first}.", "header"
        )
    for name in names:
        if header.count(name) > 1:
            raise InvalidError("invalidHeader", f"header: expected {name} once.", "header")
    return header
