"""Names are found however they are typed, and stand in the order in which people look for them."""

import json

import pytest

from jobfair.fields.input.folding import folded
from jobfair.queries.admin.lists import directory, students
from jobfair.queries.search import matches
from tests.blueprints.who_may import Who, asking, calls, world
from tests.support import factories

IN_ORDER = ["alphazz", "Éclairzz", "Fuséezz", "Zebrazz"]
AS_MADE = ["Zebrazz", "Éclairzz", "alphazz", "Fuséezz"]

BY_SOMETHING_ELSE = {
    "admin.audit.index": "the last first",
    "admin.exports.students": "by number, as are all files",
    "admin.exports.companies": "by number, as are all files",
    "admin.exports.entries": "by number, as are all files",
    "admin.exports.interviews": "by number, as are all files",
    "admin.exports.audit": "the first first",
    **{
        f"api_exports.{table}": "as the pages' files"
        for table in ("audit", "companies", "entries", "interviews", "students")
    },
    "api_audit.log": "the last first",
    "api_hall_screen.show": "who calls first, in the order of the calls",
    "hall.screen": "who calls first, in the order of the calls",
}


def test_every_list_of_names_is_in_the_order_of_the_alphabet(app, client):
    there = world()
    for name in AS_MADE:
        company_id = factories.company(name, slots=2)
        factories.interview(factories.student("Running", name), company_id)
        factories.entry(factories.student("Waiting"), company_id)
        factories.entry(factories.student("Last"), company_id)
    listing, wrong = set(), []
    for call in calls(app):
        if call.method != "GET" or call.streams or call.who in (Who.DEVICE, Who.GUEST):
            continue
        person = asking(there, call.who)
        headers = {} if person is None else person.bearer()
        answer = client.get(there.address(app, call), headers=headers, buffered=True)
        text = answer.data.decode(errors="replace")
        if answer.is_json:
            text = json.dumps(answer.json, ensure_ascii=False)
        at = [text.find(name) for name in IN_ORDER]
        if min(at) >= 0 and call.endpoint not in BY_SOMETHING_ELSE:
            listing.add(call.endpoint)
            if at != sorted(at):
                wrong.append(call.endpoint)
    assert not wrong
    assert len(listing) > 10, listing


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("l’hôpital", "L'Hôpital"),
        ("l'hopital", "L’Hôpital"),
        ("L`Hopital", "L'Hôpital"),
        ("jean-luc", "Jean\u2011Luc"),
        ("jean–luc", "Jean-Luc"),
        ("coeur", "Cœur"),
        ("cœur", "Coeur"),
        ("sorensen", "Sørensen"),
        ("STRASSE", "Straße"),
        ("anna", "An\u200dna"),
        ("an\u200bna", "Anna"),
        ("le\u202fclair", "Le\u00a0Clair"),
    ],
)
def test_a_name_is_found_however_it_is_typed(typed, name):
    assert matches(typed, name)
    assert folded(typed) == folded(name)


def test_a_name_with_what_is_not_seen_is_stored_without_it_and_found(organiser, app):
    card = {"last_name": "Mar\u200btin", "email": "ana@example.org", "password": factories.PASSWORD}
    answer = organiser.post("/admin/students/new", first_name="\ufeffAna", **card)
    assert answer.status_code == 303
    [found] = students.students("ana martin").lines
    assert found.student.full_name == "Ana Martin"
    organiser.post(
        "/admin/companies/new", name="Tech\u200bCorp", slots="1", stand="", queue_limit=""
    )
    assert directory.company_names() == ["TechCorp"]
