"""What has not changed is not sent again to a program that names its tag."""

from functools import partial

import pytest

from jobfair import clock
from jobfair.services.companies import companies
from jobfair.services.fair import messages
from jobfair.services.students import favourites, students
from jobfair.unit_of_work import actors
from tests.blueprints.who_may import asking, calls, world
from tests.support import factories
from tests.support.programs import Program

JSON = "application/json"
STUDENTS = "/api/students/admin/students/"


@pytest.fixture
def there(monkeypatch):
    """People at a fair whose clock stands still: some answers say when they were made."""
    made, moment = world(), clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    return made


@pytest.fixture
def reads(app, client, there):
    """Every call that reads: what asks it, by its address."""
    return {
        there.address(app, call): partial(
            Program(client, asking(there, call.who)).get, buffered=True
        )
        for call in calls(app)
        if call.rule.startswith("/api/") and call.method == "GET" and not call.streams
    }


@pytest.fixture
def answered(reads):
    """What each answers, where that is JSON."""
    found = {path: ask(path) for path, ask in reads.items()}
    return {
        path: answer
        for path, answer in found.items()
        if answer.mimetype == JSON and answer.status_code == 200
    }


def known(answer):
    return {"If-None-Match": answer.headers["ETag"]}


def test_what_is_known_is_not_sent_again_by_any_call(reads, answered):
    assert len(answered) > 40
    for path, first in answered.items():
        again = reads[path](path, headers=known(first))
        assert (again.status_code, again.data) == (304, b""), path
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == "no-store"
        for other in ('"other"', 'W/"other"', "nonsense"):
            assert reads[path](path, headers={"If-None-Match": other}).status_code == 200


def test_what_has_changed_is_sent_again_by_every_call(reads, answered, there):
    company_id, alice = there.own["company_id"], there.alice
    companies.edit(actors.SYSTEM, company_id, {"name": "Another name", "stand": "Z 9"})
    favourites.star(alice.actor, company_id)
    messages.to_everyone(actors.SYSTEM, "Something new")
    students.edit(actors.SYSTEM, alice.student_id, {"last_name": "Another"})
    changed = 0
    for path, first in answered.items():
        now = reads[path](path)
        assert (now.data == first.data) == (now.headers["ETag"] == first.headers["ETag"]), path
        is_known = reads[path](path, headers=known(first)).status_code == 304
        assert is_known == (now.data == first.data), path
        changed += not is_known
    assert changed > 15


def test_the_tag_is_of_the_bytes_that_are_sent(client):
    """A strong tag of what is compressed is no tag of the rest."""
    program = Program(client, factories.admin())
    for name in ("Ahl", "Berg", "Cole", "Dahl", "Eng"):
        factories.student("Anna", name)
    tags = set()
    for encoding in ("identity", "gzip", "br"):
        answer = program.get(STUDENTS, headers={"Accept-Encoding": encoding})
        tag = answer.headers["ETag"]
        assert not tag.startswith("W/")
        tags.add(tag)
    assert len(tags) == 3


def test_files_and_refusals_and_changes_have_none(client, reads):
    files = 0
    for path, ask in reads.items():
        answer = ask(path)
        if answer.mimetype != JSON:
            assert "ETag" not in answer.headers, path
            files += 1
    assert files > 3
    program = Program(client, factories.admin())
    for answer in (
        client.get(STUDENTS),
        program.post("/api/companies/admin/companies/bulk-pause/"),
    ):
        assert "ETag" not in answer.headers


def test_the_next_piece_is_named_again_to_who_knows_this_one(client):
    program = Program(client, factories.admin())
    for name in ("Ahl", "Berg"):
        factories.student("Anna", name)
    path = f"{STUDENTS}?limit=1"
    again = program.get(path, headers=known(program.get(path)))
    assert again.status_code == 304
    assert again.headers["X-Total-Count"] == "2"
    assert 'rel="next"' in again.headers["Link"]


def test_the_document_says_which_calls_have_tags(app, client, reads, answered):
    document = client.get("/api/openapi.json").json
    addresses = app.url_map.bind("localhost")
    tagged = {addresses.match(path)[0].removeprefix("api_") for path in answered}
    described = {
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if "304" in operation["responses"]
    }
    assert tagged <= described
    asked = {addresses.match(path)[0].removeprefix("api_") for path in reads}
    assert described <= asked
