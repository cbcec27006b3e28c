"""What the requests of the Postman collection send, and the paths they go to."""

SHIFT = {"shiftId": "{{shiftId}}"}
RECORD = {"attendanceRecordId": "{{attendanceRecordId}}"}
TERMINAL = {"path": {"deviceToken": "{{deviceToken}}"}, "query": {"SN": "A8N5201260001"}}
PEOPLE = {"userIds": ["{{userId}}", "u-bob"]}
POLICY = {"lateGraceMinutes": 5}
PERSON = {
    "userId": "u-ana",
    "email": "ana@acme.example",
    "fullname": "Ana Ruiz",
    "roleId": "employee",
    "deviceUserIds": ["5"],
}
DEVICE = {"deviceId": "gate", "name": "Gate", "serialNumber": "A8N5201260001"}
NEW_AGENT = {"agentId": "agent.id", "enrollmentCode": "agent.enrollmentCode"}
ENROLLMENT = {
    "enrollmentCode": "{{enrollmentCode}}",
    "publicKey": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "hostname": "site-1",
    "version": "0.1.0",
}
COMPANY = {"name": "Spare", "codename": "{{codename}}-2", "timezone": "UTC"}
OWNER = {
    "email": "{{ownerEmail}}",
    "password": "{{password}}",
    "fullname": "Olga Owner",
    "company": {"name": "Acme", "codename": "{{codename}}", "timezone": "UTC"},
}
LOG_IN = {"email": "{{ownerEmail}}", "password": "{{password}}", "companyCodename": "{{codename}}"}
BOB = "userId,email,fullname,roleId\r\nu-bob,bob@acme.example,Bob Diaz,employee\r\n"
