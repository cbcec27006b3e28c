"""What the Postman collection's requests do before they are sent, and expect afterwards."""

import json
from collections.abc import Mapping

FRESH_COMPANY = """\
const codename = "c" + Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
const yesterday = new Date(Date.now() - 86400000).toISOString().slice(0, 10);
pm.collectionVariables.set("codename", codename);
pm.collectionVariables.set("ownerEmail", `owner@${codename}.example`);
pm.collectionVariables.set("day", yesterday);"""

AS_SUPER_ADMIN = """\
if (!pm.variables.get("superAdminPassword")) {
    pm.execution.skipRequest();
} else if (!pm.collectionVariables.get("superAdminToken")) {
    pm.sendRequest({
        url: pm.variables.get("baseUrl") + "/login",
        method: "POST",
        header: {"Content-Type": "application/json"},
        body: {mode: "raw", raw: JSON.stringify({
            email: pm.variables.get("superAdminEmail"),
            password: pm.variables.get("superAdminPassword"),
            companyCodename: "root",
        })},
    }, (error, answer) => pm.collectionVariables.set("superAdminToken", answer.json().accessToken));
}"""


def expectations(status: str, data_name: str | None, save: Mapping[str, str]) -> str:
    """The script after an answer: its status, its envelope, and what later requests need of it."""
    lines = [f'pm.test("answers {status}", () => pm.response.to.have.status({status}));']
    if data_name is not None:
        name = json.dumps(data_name)
        lines += [
            f"pm.test({json.dumps(f'holds {data_name} in its envelope')}, () => {{",
            "    const body = pm.response.json();",
            f"    pm.expect(body.dataName).to.eql({name});",
            f"    pm.expect(body).to.have.property({name});",
            "});",
        ]
    if data_name == "import":
        lines.append(
            'pm.test("every row is good", () => '
            "pm.expect(pm.response.json().import.bad).to.eql([]));"
        )
    lines += [
        f"pm.collectionVariables.set({json.dumps(variable)}, pm.response.json().{way});"
        for variable, way in save.items()
    ]
    return "\n".join(lines)
