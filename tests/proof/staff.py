"""Many people of one office, all on the same shift."""

from attendance.adapters.directory import put_user
from tests.integration.attendance_api.office import Office

AT_ONCE = 100


class Staff:
    """People `p0`, `p1` … and the shift that they are on, of two hours from ten minutes ahead."""

    def __init__(self, office: Office, people: int) -> None:
        self.office = office
        self.shift_id = office.shift()
        self.people = [f"p{number}" for number in range(people)]
        for first in range(0, people, AT_ONCE):
            self._hire(self.people[first : first + AT_ONCE])

    def _hire(self, user_ids: list[str]) -> None:
        world = self.office.world
        ana = world.users["ana"]
        for user_id in user_ids:
            email = f"{user_id}@acme.example"
            known = {"user_id": user_id, "email": email, "device_user_ids": ()}
            world.users[user_id] = type(ana)(**{**vars(ana), **known})
        world.parts.directory.transact([put_user(world.users[user]) for user in user_ids])
        path = f"/v1/shifts/{self.shift_id}/assignments"
        assert world.post("mia", path, {"userIds": user_ids}).status == 201
