"""A real browser on a running stack; skipped where there is no Chromium."""

import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.noon import zone_where_it_is_noon

PASSWORD = "a-long-enough-password"


@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Any]:
    """Headless Chromium, the system's own."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        pytest.skip("there is no chromium on the PATH (Debian: apt-get install chromium)")
    sync_api.expect.set_options(timeout=30_000)  # the page asks every few seconds
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


class Company:
    """A company made through the API: Olga owns it, Ana and Ben work on a shift of today."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.timezone = zone_where_it_is_noon(datetime.now(UTC))
        self.codename = f"b{uuid.uuid4().hex[:12]}"
        self._client = httpx.Client(base_url=base_url, timeout=60, trust_env=False)
        self.make("/tenantowners", self._founding())
        body = {"email": "olga@b.example", "password": PASSWORD, "companyCodename": self.codename}
        token = self.make("/login", body)["accessToken"]
        self._client.cookies.clear()
        self._client.headers["authorization"] = f"Bearer {token}"

    def _founding(self) -> dict[str, Any]:
        return {
            "email": "olga@b.example",
            "password": PASSWORD,
            "fullname": "Olga Owner",
            "company": {"name": "Browsers", "codename": self.codename, "timezone": self.timezone},
        }

    def make(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._client.post(path, json=body)
        assert answer.is_success, answer.text
        return dict(answer.json())

    def person(self, user_id: str, fullname: str) -> None:
        self.make(
            "/v1/users",
            {
                "userId": user_id,
                "email": f"{user_id}@b.example",
                "fullname": fullname,
                "roleId": "employee",
                "deviceUserIds": [],
                "password": PASSWORD,
            },
        )

    def shift_of_now(self, shift_id: str, *user_ids: str) -> datetime:
        """A shift that began half an hour ago; gives its start."""
        now = datetime.now(ZoneInfo(self.timezone))
        starts = (now - timedelta(minutes=30)).replace(second=0, microsecond=0)
        ends = starts + timedelta(hours=6)
        self.make(
            "/v1/shifts",
            {
                "shiftId": shift_id,
                "shiftDate": starts.date().isoformat(),
                "startTime": f"{starts:%H:%M}",
                "endTime": f"{ends:%H:%M}",
                "location": None,
                "departmentId": None,
            },
        )
        self.make(f"/v1/shifts/{shift_id}/assignments", {"userIds": list(user_ids)})
        return starts

    def close(self) -> None:
        self._client.close()


@pytest.fixture
def company(stack: dict[str, Any]) -> Iterator[Company]:
    """A company with a shift under way."""
    made = Company(stack["baseUrl"])
    made.person("ana", "Ana Ruiz")
    made.person("ben", "<img src=x onerror=alert(1)>")
    made.starts = made.shift_of_now("day", "ana", "ben")
    yield made
    made.close()


class Visitor:
    """A browser window and what went wrong in it."""

    def __init__(self, browser: Any, company: Company, **options: Any) -> None:
        self.company = company
        self.context = browser.new_context(timezone_id=company.timezone, locale="en-GB", **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.mistakes: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("pageerror", lambda error: self.mistakes.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("dialog", lambda dialog: self.mistakes.append(dialog.message))
        self.page.on("request", lambda request: self.hosts.add(httpx.URL(request.url).host))

    def _heard(self, message: Any) -> None:
        refused = "Failed to load resource" in message.text
        if message.type in {"error", "warning"} and not refused:
            self.mistakes.append(message.text)

    def log_in(self, email: str, password: str = PASSWORD) -> Any:
        self.page.goto(f"{self.company.base_url}/")
        self.page.get_by_label("Company").fill(self.company.codename)
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        return self.page


@pytest.fixture
def visitor(browser: Any, company: Company) -> Iterator[Visitor]:
    """A window on a desk."""
    made = Visitor(browser, company, viewport={"width": 1200, "height": 900})
    yield made
    made.context.close()
    assert made.mistakes == []
    assert made.hosts <= {httpx.URL(company.base_url).host}


@pytest.fixture
def phone(browser: Any, company: Company) -> Iterator[Visitor]:
    """A window on a phone, at night."""
    made = Visitor(browser, company, viewport={"width": 390, "height": 844}, color_scheme="dark")
    yield made
    made.context.close()
    assert made.mistakes == []
