"""The verdicts of a case, each made when it is asked for."""

from collections.abc import Callable, Iterator, Mapping

from attendance.domain.verdict import Verdict


class Verdicts(Mapping[str, Verdict | None]):
    """Verdicts by shift id, for every shift of the case; made once, on demand."""

    def __init__(self, shift_ids: tuple[str, ...], make: Callable[[str], Verdict | None]) -> None:
        self._shift_ids = dict.fromkeys(shift_ids)
        self._make = make
        self._made: dict[str, Verdict | None] = {}

    def __getitem__(self, shift_id: str) -> Verdict | None:
        if shift_id not in self._made:
            if shift_id not in self._shift_ids:
                raise KeyError(shift_id)
            self._made[shift_id] = self._make(shift_id)
        return self._made[shift_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shift_ids)

    def __len__(self) -> int:
        return len(self._shift_ids)

    def __repr__(self) -> str:
        return f"Verdicts({dict(self)!r})"
