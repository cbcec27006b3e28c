"""Versions of the policy: added, never changed (rules.md section 9)."""

from typing import Any

from attendance.errors import ConflictError, UnavailableError
from attendance.inputs.fields import Input
from attendance.inputs.policy import PolicyBody
from attendance.model.directory import Member
from attendance.services.candidate_policy import candidate_policy, next_version
from attendance.services.collections.member_shelf import MemberShelf
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.company_facts import load_company_facts, policy_version_of

TRIES = 5


class Policies(MemberShelf):
    """`/v1/policy` and `/v1/policy/versions`, newest version first."""

    name = "POLICY"
    data_name = "policy"
    body = PolicyBody
    write = "policy.write"
    newest_first = True

    def create(self, caller: Caller, values: Input) -> Shown:
        """A version with the next number. Raises InvalidError naming the field."""
        for _ in range(TRIES):
            try:
                return super().create(caller, values)
            except ConflictError:
                continue
        raise UnavailableError("throttled", "The policy is being changed by others; try again.")

    def new_id(self, caller: Caller, given: dict[str, Any]) -> str:
        """The version's number, so that no two can be the same and the list is in order."""
        company = caller.session.company
        members = caller.parts.directory.members_now(company, self.name)
        given["version"] = next_version(policy_version_of(member.body) for member in members)
        return f"{given['version']:06d}"

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """All fields of the policy are kept, so that later defaults change no old day."""
        facts = load_company_facts(caller.parts.directory, caller.session.company)
        version = candidate_policy(caller.parts.directory, facts, given)
        body = {**given, "policy": version.policy.as_mapping()}
        return super().checked(caller, body, before)
