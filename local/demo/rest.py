"""The REST API as an integrator calls it."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from local.errors import LaunchError

_THERE_ALREADY = frozenset({"errMsg_idTaken", "errMsg_emailTaken", "errMsg_codenameTaken"})


class Rest:
    """A client of one base URL; `log_in` makes it act for a person."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=35, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def log_in(self, email: str, password: str, codename: str) -> dict[str, Any]:
        """The session, as `/login` answers it; every later call carries its token."""
        who = {"email": email, "password": password, "companyCodename": codename}
        session = self.call("POST", "/login", who)
        self._http.headers["Authorization"] = f"Bearer {session['accessToken']}"
        return session

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The parsed answer; raises LaunchError with the API's own sentence otherwise."""
        answer = self._http.request(method, path, json=body)
        if not answer.is_success:
            raise LaunchError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        parsed: dict[str, Any] = answer.json()
        return parsed

    def ensure(self, path: str, body: Mapping[str, Any]) -> bool:
        """Create it, or leave it if it is there; whether it was created."""
        answer = self._http.post(path, json=body)
        if answer.status_code == 409 and answer.json().get("message") in _THERE_ALREADY:
            return False
        if not answer.is_success:
            raise LaunchError(f"POST {path}: {answer.status_code} {answer.text[:500]}")
        return True

    def exists(self, path: str) -> bool:
        """Whether `path` is found; raises LaunchError on any other refusal."""
        answer = self._http.get(path)
        if not answer.is_success and answer.status_code != httpx.codes.NOT_FOUND:
            raise LaunchError(f"GET {path}: {answer.status_code} {answer.text[:500]}")
        return answer.is_success
