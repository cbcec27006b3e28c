"""A company on the deployed stack, made through its REST API as an integrator would."""

import json
import uuid
from datetime import date, timedelta
from typing import Any

import boto3
import httpx

from tests.event_schemas import check_event

PASSWORD = "correct horse battery staple"
ZONE = "Europe/Madrid"


class Company:
    """One company of its own; requests carry its tenantAdmin's token."""

    def __init__(self, stack: dict[str, Any]) -> None:
        self.codename = f"c{uuid.uuid4().hex[:12]}"
        self.http = httpx.Client(base_url=stack["baseUrl"], timeout=30, trust_env=False)
        owner = {
            "email": "owner@acme.example",
            "password": PASSWORD,
            "fullname": "Olga Owner",
            "company": {"name": "Acme", "codename": self.codename, "timezone": ZONE},
        }
        self.id = self.post("/tenantowners", owner)["company"]["id"]
        session = self.log_in("owner@acme.example")
        self.http.headers["Authorization"] = f"Bearer {session['accessToken']}"
        self.http.cookies.clear()

    def log_in(self, email: str) -> dict[str, Any]:
        body = {"email": email, "password": PASSWORD, "companyCodename": self.codename}
        return self.post("/login", body)

    def post(self, path: str, body: Any) -> dict[str, Any]:
        return self._answer(self.http.post(path, json=body))

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        return self._answer(self.http.get(path, params=query))

    def _answer(self, answer: httpx.Response) -> dict[str, Any]:
        assert answer.is_success, f"{answer.request.url.path}: {answer.status_code} {answer.text}"
        return answer.json()

    def people(self, count: int) -> list[str]:
        """Employees whose device numbers are 1 to `count`."""
        ids = []
        for number in range(1, count + 1):
            person = {
                "userId": f"p{number}",
                "email": f"p{number}@acme.example",
                "fullname": f"Person {number}",
                "roleId": "employee",
                "deviceUserIds": [str(number)],
            }
            ids.append(self.post("/v1/users", person)["user"]["id"])
        return ids

    def shift(self, shift_id: str, day: date, user_ids: list[str]) -> None:
        """09:00 to 17:00 of a day, with people on it."""
        times = {"startTime": "09:00", "endTime": "17:00"}
        self.post("/v1/shifts", {"shiftId": shift_id, "shiftDate": f"{day}", **times})
        self.post(f"/v1/shifts/{shift_id}/assignments", {"userIds": user_ids})

    def device(self, device_id: str) -> None:
        self.post("/v1/devices", {"deviceId": device_id, "name": device_id.title()})

    def enrollment_code(self) -> str:
        return self.post("/v1/agents", {"name": "site"})["agent"]["enrollmentCode"]

    def records(self, **query: Any) -> list[dict[str, Any]]:
        answer = self.get("/v1/attendance-records", pageNumber=0, **query)
        return answer["attendanceRecords"]


class Subscriber:
    """An ordinary EventBridge rule with a queue behind it."""

    def __init__(self, stack: dict[str, Any], company: Company) -> None:
        name, bus = f"sub-{company.codename}", stack["eventBusName"]
        self.sqs, events = client(stack, "sqs"), client(stack, "events")
        self.queue = self.sqs.create_queue(QueueName=name)["QueueUrl"]
        attributes = self.sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=["QueueArn"])
        pattern = {
            "source": ["attendance"],
            "detail": {"metadata": {"companyId": [company.id]}},
        }
        events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(pattern))
        target = {"Id": "queue", "Arn": attributes["Attributes"]["QueueArn"]}
        events.put_targets(Rule=name, EventBusName=bus, Targets=[target])
        events.close()
        self.events: list[dict[str, Any]] = []

    def receive(self) -> list[dict[str, Any]]:
        """Everything that has come so far; each event is checked by its schema."""
        while True:
            answer = self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10)
            if not answer.get("Messages"):
                return self.events
            for message in answer["Messages"]:
                event = json.loads(message["Body"])
                check_event(event)
                self.events.append(event)
                self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])


def client(stack: dict[str, Any], service: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=stack["engineUrl"],
        region_name=stack["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def working_days(count: int, today: date) -> list[date]:
    """The last `count` days before today, oldest first."""
    return [today - timedelta(days=back) for back in range(count, 0, -1)]
