"""The web page in a real browser, on a deployed local stack."""

import re
from datetime import timedelta

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

pytestmark = pytest.mark.stack


def test_an_employee_checks_in_and_out(phone):
    page = phone.log_in("ana@b.example")
    page.get_by_role("button", name="Check in").click()
    shift = page.locator("[data-shift=day]")
    expect(shift.locator(".pill")).to_have_text("Late")
    expect(shift).to_contain_text(re.compile(r"Late by 3\d min · Here now"))
    page.get_by_role("button", name="Check out").click()
    expect(shift.locator(".pill")).to_have_text("Left early")
    expect(page.get_by_role("button", name="Check out")).to_have_count(0)
    records = page.get_by_role("region", name="My records")
    expect(records.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("button", name="Mark absent")).to_have_count(0)


def test_the_page_fits_a_phone_and_follows_the_dark(phone):
    page = phone.log_in("ana@b.example")
    expect(page.get_by_role("button", name="Check in")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(int(part) < 60 for part in re.findall(r"\d+", paper)[:3])


def test_a_manager_sees_changes_come_by_themselves_and_why(visitor, company):
    page = visitor.log_in("olga@b.example")
    records = page.get_by_role("region", name="Attendance", exact=True)
    expect(records).to_contain_text("No records here.")
    late = (company.starts + timedelta(minutes=12)).isoformat()
    company.make("/v1/check-in", {"shiftId": "day", "userId": "ana", "checkInTime": late})
    row = records.locator("tbody tr")
    expect(row).to_contain_text("Ana Ruiz")
    expect(row).to_contain_text("Late by 12 min · Here now")
    page.get_by_role("button", name="Explain").click()
    expect(page.get_by_role("dialog")).to_contain_text("Policy version")
    page.get_by_role("button", name="Close").click()
    page.get_by_text("Absent", exact=True).click()
    expect(records).to_contain_text("No records here.")
    page.get_by_text("Late", exact=True).click()
    expect(records.locator("tbody tr")).to_have_count(1)


def test_a_manager_marks_absent_and_names_are_only_text(visitor):
    page = visitor.log_in("olga@b.example")
    waiting = page.get_by_role("region", name="Not here yet, today")
    expect(waiting.locator("li")).to_have_count(2)
    line = waiting.locator("li", has_text="<img src=x")
    line.get_by_role("button", name="Mark absent").click()
    page.get_by_label("Reason").fill("sick")
    page.get_by_role("dialog").get_by_role("button", name="Mark absent").click()
    expect(waiting.locator("li")).to_have_count(1)
    row = page.get_by_role("region", name="Attendance", exact=True).locator("tbody tr")
    expect(row).to_contain_text("<img src=x onerror=alert(1)>")
    expect(row).to_contain_text("sick")


def test_a_wrong_password_is_told_and_a_session_outlives_a_reload(visitor):
    page = visitor.log_in("olga@b.example", "not-the-password")
    expect(page.get_by_role("alert").last).to_have_text("Company, e-mail or password is wrong.")
    page = visitor.log_in("olga@b.example")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.goto(f"{visitor.company.base_url}/?access_token=made-up")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    assert "access_token" not in page.url
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()


def test_the_documentation_works_without_another_network(visitor):
    page = visitor.page
    page.goto(f"{visitor.company.base_url}/swagger")
    expect(page.locator(".opblock-tag").first).to_be_visible()
    page.locator("#operations-Attendance-checkIn").click()
    expect(page.locator("#operations-Attendance-checkIn")).to_contain_text("shiftId")
