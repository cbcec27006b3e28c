"""`/v1/policy`: what is in force, and the versions that were made."""

from datetime import date

import pytest

from attendance.services.company_facts import load_company_facts
from tests.integration.policies.conftest import ACME


def test_without_a_version_the_defaults_are_in_force(site):
    answer = site.ask("mia", "GET", "/v1/policy")
    assert (answer.status, answer.body["dataName"], answer.body["action"]) == (200, "policy", "get")
    policy = answer.body["policy"]
    assert (policy["version"], policy["id"], policy["effectiveFrom"]) == (0, None, None)
    assert policy["policy"]["windowAfterMinutes"] == 240


def test_a_version_is_kept_whole_and_numbered(site):
    first = site.policy({"lateGraceMinutes": 5})
    second = site.policy({"lateGraceMinutes": 7}, since="2026-02-01")
    assert (first.status, first.body["statusCode"], first.body["action"]) == (201, "201", "create")
    assert [a.body["policy"]["version"] for a in (first, second)] == [1, 2]
    assert first.body["policy"]["policy"]["debounceSeconds"] == 60
    facts = load_company_facts(site.parts.directory, ACME)
    assert [v.policy.late_grace_minutes for v in facts.policies] == [5, 7]


def test_the_one_in_force_depends_on_day_site_and_department(site):
    site.policy({"lateGraceMinutes": 1})
    site.policy({"lateGraceMinutes": 2}, location="plant")
    site.policy({"lateGraceMinutes": 3}, departmentId="night")
    site.policy({"lateGraceMinutes": 4}, since="2999-01-01")

    def grace(**query):
        shown = site.ask("mia", "GET", "/v1/policy", query=query).body["policy"]
        return shown["policy"]["lateGraceMinutes"]

    assert grace() == 1
    assert grace(location="plant") == 2
    assert grace(location="plant", departmentId="night") == 3
    assert grace(date="2999-01-02") == 4
    assert grace(date="2025-12-31") == 0


def test_versions_are_listed_newest_first_and_paged(site):
    for minutes in range(3):
        site.policy({"lateGraceMinutes": minutes})
    answer = site.ask("mia", "GET", "/v1/policy/versions", query={"pageRowCount": 2})
    assert answer.body["dataName"] == "policies"
    assert [row["version"] for row in answer.body["policies"]] == [3, 2]
    assert answer.body["paging"]["totalRowCount"] == 3


@pytest.mark.parametrize(
    ("body", "word", "said"),
    [
        ({"policy": {"lateGraceMinutes": -1}}, "invalidPolicyLateGraceMinutes", "0 to 1440"),
        ({"policy": {"directionMode": "x"}}, "invalidPolicyDirectionMode", "firstLast"),
        ({"policy": []}, "invalidPolicy", "policy"),
        ({"effectiveFrom": "soon"}, "invalidEffectiveFrom", "YYYY-MM-DD"),
        ({"departmentId": "a b"}, "invalidDepartmentId", "departmentId"),
        (
            {"policy": {"windowBeforeMinutes": 900, "windowAfterMinutes": 540}},
            "invalidPolicyWindowBeforeMinutes",
            "24 hours",
        ),
    ],
)
def test_a_mistake_is_a_400_that_names_the_field(site, body, word, said):
    sound = {"policy": {}, "effectiveFrom": "2026-01-01"}
    answer = site.ask("tom", "POST", "/v1/policy", body=sound | body)
    assert (answer.status, answer.body["message"]) == (400, f"errMsg_{word}")
    assert said in answer.body["detail"]
    assert load_company_facts(site.parts.directory, ACME).policies == ()


def test_windows_too_wide_for_a_shift_that_they_would_judge_are_refused(site):
    site.shift("long", date(2026, 3, 6), "06:00", "22:00", location="plant")
    wide = {"windowBeforeMinutes": 240, "windowAfterMinutes": 240}
    refused = site.policy(wide, since="2026-03-06")
    assert (refused.status, refused.body["message"]) == (
        400,
        "errMsg_invalidPolicyWindowBeforeMinutes",
    )
    assert "shift long of 2026-03-06" in refused.body["detail"]
    assert site.policy(wide, since="2026-03-07").status == 201
    assert site.policy(wide, since="2026-03-06", location="office").status == 201


def test_an_admin_writes_a_manager_reads_an_employee_neither(site):
    body = {"policy": {}, "effectiveFrom": "2026-01-01"}
    for who, method, path in (
        ("mia", "POST", "/v1/policy"),
        ("ann", "GET", "/v1/policy"),
        ("ann", "GET", "/v1/policy/versions"),
    ):
        answer = site.ask(who, method, path, **({"body": body} if method == "POST" else {}))
        assert (answer.status, answer.body["message"]) == (401, "errMsg_notAuthorized")
