"""What a program may do with a key: every call with each scope, withdrawn, and by whose place."""

import pytest
from sqlalchemy import select, update

from jobfair import clock
from jobfair.catalogue.audit import actor, actor_kind
from jobfair.db.transactions import revision
from jobfair.extensions import db
from jobfair.models import Scope, User
from jobfair.queries.admin import keys as known
from jobfair.queries.admin.records import audit
from jobfair.services.access import keys, team
from jobfair.unit_of_work import actors
from tests.blueprints.who_may import OF_TEAM, Who, calls, sending, world
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.programs import Program, refused, wrong_fields

COMPANIES = "/api/companies/admin/companies/"
STUDENTS = "/api/students/admin/students/"
KEYS = "/api/admin/keys/"


@pytest.fixture
def by_key(client, admin):
    return Program(client, key=factories.key(admin))


def only(*scopes):
    return {"scopes": list(scopes), "name": "badge printer"}


def closed_or_open(client, key, path, call):
    """What a call says to a key: the code of its refusal for the key itself, or None."""
    headers = {"Authorization": f"Bearer {key.secret}"}
    answer = client.open(path, buffered=not call.streams, **sending(call, headers))
    if answer.status_code not in (401, 403):
        answer.close()
        return None
    return answer.json["code"]


def for_accounts(app):
    """Every call for which somebody has to say who they are."""
    own = (Who.ANYONE, Who.LINK, Who.GUEST, Who.HALL)
    return [each for each in calls(app) if each.rule.startswith("/api/") and each.who not in own]


@pytest.fixture
def documented(app):
    """The scope that each call needs as the document has it, by endpoint; None where no key
    opens it."""
    document = app.test_client().get("/api/openapi.json").json
    return {
        f"api_{operation['operationId']}": next(
            (each["key"][0] for each in operation["security"] if "key" in each), None
        )
        for operations in document["paths"].values()
        for operation in operations.values()
    }


def test_each_scope_opens_what_the_document_says_and_nothing_else(app, client, keep, documented):
    there = world()
    made = {scope: factories.key(there.admin, scope) for scope in Scope}
    put_back = keep()
    wrong, opened = [], set()
    for call in for_accounts(app):
        needed = documented[call.endpoint]
        for scope, key in made.items():
            code = closed_or_open(client, key, there.address(app, call), call)
            expected = {None: "key_closed", scope.value: None}.get(needed, "key_scope")
            if code != expected:
                wrong.append(f"{call.method} {call.rule} with {scope}: {code}, not {expected}")
            if code is None:
                opened.add((scope, call.endpoint))
                if call.method != "GET":
                    put_back()
    assert not wrong, "\n".join(wrong)
    assert {scope for scope, _endpoint in opened} >= {Scope.READ, Scope.WRITE}


def test_what_is_read_needs_read_and_what_is_changed_write(app, documented):
    for call in for_accounts(app):
        by_method = "read" if call.method == "GET" else "write"
        assert documented[call.endpoint] in (by_method, "exports", None), call
        if call.method == "GET" and call.who in OF_TEAM:
            assert documented[call.endpoint], f"{call.rule} is read by organisers"


OPEN_TO_NO_KEY = """
    api_auth.change_password api_auth.confirm api_auth.list_devices api_auth.end_other_devices
    api_auth.end_device api_keys.make api_keys.withdraw
    api_team.invite api_team.invite_again api_team.change_role api_team.remove
    api_team.remove_second_factor api_companies.delete api_companies.regenerate_token
    api_students.delete_student api_students.delete_me
    api_second_factor.new_secret api_second_factor.set_up api_second_factor.new_codes
    api_second_factor.turn_off api_backups.take api_backups.remove api_links.take
    api_student.reset_password api_student.make_link api_student_accounts.make_links
"""


def test_passwords_team_and_keys_are_closed_to_keys(documented):
    closed = {endpoint for endpoint, scope in documented.items() if scope is None}
    assert set(OPEN_TO_NO_KEY.split()) <= closed


def test_no_password_is_changed_by_key(by_key, client, admin):
    student = factories.student("Alice")

    def hash_now():
        with db.engine.connect() as connection:
            own = select(User.password_hash).where(User.id == student.user_id)
            return connection.execute(own).scalar_one()

    before = hash_now()
    path = f"{STUDENTS}{student.student_id}/"
    answer = by_key.patch(path, {"password": "another horse battery"})
    assert refused(answer) == (403, "key_closed")
    assert hash_now() == before
    assert by_key.patch(path, {"first_name": "Alix"}).json["first_name"] == "Alix"
    new = {"email": "new@example.org", "password": PASSWORD, "first_name": "N", "last_name": "Ew"}
    assert by_key.post(STUDENTS, new).status_code == 201


def test_a_key_opens_no_page(app, client, admin):
    there = world()
    headers = {"Authorization": f"Bearer {factories.key(admin).secret}"}
    before, tried = revision(), 0
    for call in calls(app):
        if call.who in (*OF_TEAM, Who.USER, Who.STUDENT) and not call.rule.startswith("/api/"):
            path = there.address(app, call)
            answer = client.open(path, **sending(call, headers))
            assert answer.status_code == (401 if call.for_programs else 303), path
            tried += 1
    assert revision() == before
    assert tried > 100


def test_no_key_is_401_everywhere(app, client, admin):
    """Withdrawn, mistyped, or of somebody whose role is another one."""
    there = world()
    withdrawn = factories.key(admin)
    keys.withdraw(admin.actor, withdrawn.id)
    other = factories.member("admin")
    demoted = factories.key(other)
    team.change_role(actors.SYSTEM, other.user_id, "viewer")
    gone = factories.member("admin")
    left = factories.key(gone)
    team.remove(actors.SYSTEM, gone.user_id)
    secrets = [each.secret for each in (withdrawn, demoted, left)]
    secrets.append(secrets[0][:-1] + ("0" if secrets[0][-1] != "0" else "1"))
    before = revision()
    for call in for_accounts(app):
        for secret in secrets:
            path = there.address(app, call)
            headers = {"Authorization": f"Bearer {secret}"}
            assert refused(client.open(path, **sending(call, headers))) == (401, "key_unknown"), (
                path
            )
    assert revision() == before


def test_a_new_password_ends_no_key_and_one_still_to_be_chosen_stops_it(client, admin):
    """As docs/api.md and the page of programs say."""
    program = Program(client, key=factories.key(admin, Scope.READ))
    new = {"current_password": PASSWORD, "new_password": "another horse battery"}
    assert Program(client, admin).post("/api/auth/password/", new).status_code == 204
    assert program.get("/api/auth/me/").status_code == 200
    user = update(User).where(User.id == admin.user_id)
    with db.engine.begin() as connection:
        connection.execute(user.values(password_issued_at=clock.now()))
    assert refused(program.get("/api/auth/me/")) == (403, "password_to_change")


def test_no_cookie_stands_beside_a_key(client, admin):
    """What a key may not do, the browser's own cookie does not do for it."""
    admin.sign_in(client)
    reader = Program(client, key=factories.key(admin, Scope.READ))
    assert refused(reader.post(COMPANIES, {"name": "Acme"})) == (403, "key_scope")


def test_the_log_names_the_key_with_what_it_did(app, by_key, admin):
    assert by_key.post(COMPANIES, {"name": "Acme"}).status_code == 201
    entry = audit.page(audit.AuditFilter()).lines[0]
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert str(actor(entry)) == admin.email
        assert actor_kind(entry) == "Organiser, by the key «\u202fbadge printer\u202f»"


def test_it_is_noted_when_a_key_was_used(client, admin, time):
    key = factories.key(admin, Scope.READ)
    Program(client, key=key).post(COMPANIES, {})
    assert known.key(key.id).used_at is not None


def test_a_request_that_is_sent_again_is_done_once(client, admin):
    program = Program(client, key=factories.key(admin))
    headers = {"Idempotency-Key": "one"}
    first = program.post(COMPANIES, {"name": "Acme"}, headers=headers)
    again = program.post(COMPANIES, {"name": "Acme"}, headers=headers)
    assert first.status_code == again.status_code == 201
    other = Program(client, key=factories.key(admin))
    assert refused(other.post(COMPANIES, {"name": "Acme"}, headers=headers))[0] == 400


# Keys through JSON


@pytest.fixture
def as_admin(client, admin):
    return Program(client, admin)


class Shown:
    """A key as its maker saw it."""

    def __init__(self, made):
        self.secret = made.json["key"]


def test_a_key_is_made_shown_once_and_withdrawn(as_admin, client, admin):
    made = as_admin.post(KEYS, only("read"))
    assert made.status_code == 201
    assert Program(client, key=Shown(made)).get("/api/auth/me/").json["email"] == admin.email
    (listed,) = as_admin.get(KEYS).json
    assert "key" not in listed
    assert (listed["scopes"], listed["made_by"]) == (["read"], admin.email)
    assert as_admin.delete(f"{KEYS}{listed['id']}/").status_code == 204
    assert as_admin.get(KEYS).json == []
    assert refused(as_admin.delete(f"{KEYS}999999/")) == (404, "not_found")


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"name", "scopes"}),
        (only(), {"scopes"}),
        (only("everything"), {"scopes"}),
        ({"name": "x", "scopes": "read"}, {"scopes"}),
        ({"name": " ", "scopes": ["read"]}, {"name"}),
        ({"name": "x" * 61, "scopes": ["read"]}, {"name"}),
    ],
)
def test_what_a_key_is_made_from(as_admin, body, wrong):
    assert wrong_fields(as_admin.post(KEYS, body)) == wrong
