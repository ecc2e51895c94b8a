"""What a student shows at the desk."""

from tests.support import factories
from tests.support.programs import Program


def test_the_desk_finds_a_student_by_their_badge(client, alice):
    badge = Program(client, alice).get("/api/students/me/badge/").json
    code = badge["code"].replace(" ", "")
    assert badge["url"].endswith(f"/admin/desk/badge/{code}")
    desk = Program(client, factories.member("desk"))
    assert desk.get(f"/api/students/admin/badges/{code}/").json["id"] == alice.student_id
