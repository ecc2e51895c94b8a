"""Lists a piece at a time: a limit, a link to the next piece, and how many rows there are."""

import json
import re
from string import ascii_uppercase
from typing import get_origin
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from jobfair.blueprints.api.calls import ASKED, DESCRIBED
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes.companies import NamedCompany
from jobfair.db.transactions import read_transaction
from jobfair.domain.state import Phase, StudentStatus
from jobfair.extensions import db
from jobfair.models import User
from jobfair.ops import rehearsals
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.lists import students as student_list
from jobfair.queries.admin.lists.companies import EVERY_COMPANY
from jobfair.queries.admin.lists.page import both_ways
from jobfair.queries.admin.students import doubles
from jobfair.security.hashing import passwords
from jobfair.services import webhooks
from jobfair.services.access import sign_ins
from jobfair.services.companies import companies
from jobfair.services.fair import fair, messages
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import favourites, students
from jobfair.unit_of_work import actors
from tests.blueprints.who_may import BY_ENDPOINT, Who
from tests.support import chance, factories
from tests.support.programs import Program, wrong_fields

LINK = re.compile('<(?P<path>[^>]+)>; rel="next"')
STUDENTS = "/api/students/admin/students/"
NAMES = ("Émile & Co", "acme", "Beta", "zeta 10", "Zeta 2")


def lists(app):
    """Every list that comes in pieces: its endpoint, and what its address has to name."""
    return {
        rule.endpoint: rule.arguments
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        and issubclass(vars(app.view_functions[rule.endpoint]).get(ASKED, object), Piece)
    }


def test_the_lists_that_come_in_pieces(app):
    assert lists(app).keys() == {
        "api_alerts.every_alert",
        "api_auth.list_devices",
        "api_companies.every_company",
        "api_companies.favourites",
        "api_companies.recruiting",
        "api_keys.every_key",
        "api_links.every_link",
        "api_messages.sent",
        "api_people_met.companies_met",
        "api_people_met.people_met",
        "api_queues.own",
        "api_report.edition_hours",
        "api_report.every_edition",
        "api_report.hours",
        "api_stand_messages.standing",
        "api_student_accounts.without_password",
        "api_students.every_student",
        "api_team.every_member",
        "api_told.messages",
        "api_told.notifications",
        "api_webhooks.every_webhook",
    }


WHOLE = {
    "api_student.doubles": f"at most {doubles.MOST}",
    "api_rehearsals.index": f"at most {rehearsals.KEPT}",
    "api_audit.log": "a page by the numbers of its rows",
    "api_audit.of_student": "a part of it, from a row on",
    "api_audit.of_company": "a part of it, from a row on",
}
"""The lists that do not come in pieces, and why not."""


def test_every_list_comes_in_pieces_or_says_why_not(app):
    whole = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (call := vars(app.view_functions[rule.endpoint]).get(DESCRIBED))
        and get_origin(call.answer) is list
        and "GET" in rule.methods
    }
    assert whole - lists(app).keys() == WHOLE.keys()
    assert doubles.MOST < 20


class Asking:
    """Who asks for each list, at a fair where each has several rows."""

    def __init__(self, app, client):
        fair.set_phase(actors.SYSTEM, Phase.OPEN)
        self.admin, self.alice = factories.admin(), factories.student("Alice")
        self._values = {"edition_id": 1}
        for number, role in enumerate(("viewer", "desk", "viewer")):
            factories.member(role)
            factories.key(self.admin)
            webhooks.make(actors.SYSTEM, f"https://{number}.example", ["queue_update"])
            sign_ins.open_for(self.alice.user_id, "a phone")
        guests = [factories.student("Gast", name).user_id for name in NAMES]
        without = update(User).where(User.id.in_(guests)).values(password_hash=passwords.NONE)
        db.session.execute(without)
        db.session.commit()
        for name in NAMES:
            self._visits(name)
        self._values["edition_id"] = [factories.edition() for _each in NAMES][-1]
        as_admin, as_alice = Program(client, self.admin), Program(client, self.alice)
        own = (Who.STUDENT, Who.USER)
        self.paths = {
            endpoint: app.url_map.bind("localhost").build(
                endpoint, {name: self._values[name] for name in names}
            )
            for endpoint, names in lists(app).items()
        }
        self._programs = {
            endpoint: as_alice if BY_ENDPOINT[endpoint] in own else as_admin
            for endpoint in self.paths
        }

    def _visits(self, name):
        company_id, stuck = (factories.company(f"{name}{each}", hall=name[0]) for each in "ab")
        aside = factories.student("Léa", name)
        queues.pass_turn(aside.actor, factories.entry(aside, stuck))
        shown_round = factories.company(f"{name}c")
        met = factories.interview(self.alice, shown_round)
        interviews.complete(actors.company(shown_round), met)
        presence.change_status(self.alice.actor, StudentStatus.AVAILABLE)
        self._meets_everybody(name)
        factories.entry(self.alice, company_id)
        favourites.star(self.alice.actor, company_id)
        messages.to_everyone(self.admin.actor, f"Come to {name}")

    def _meets_everybody(self, name):
        """Somebody at one and the same stand, which asks as its link says."""
        if "token" not in self._values:
            self._stand = factories.company("Stand of all")
            self._values["token"] = factories.token(self._stand)
        entry = factories.interview(factories.student("Max", name), self._stand)
        interviews.complete(actors.company(self._stand), entry)

    def get(self, endpoint, more="", **query):
        return self._programs[endpoint].get(f"{self.paths[endpoint]}{more}", **query)

    def walked(self, endpoint, path):
        return walked(self._programs[endpoint], path)


@pytest.fixture
def asked_by(app, client):
    return Asking(app, client)


def walked(program, path):
    """The pieces of a list, from this address on, and how many rows each says there are."""
    pieces, totals = [], []
    while path:
        answer = program.get(path)
        assert answer.status_code == 200, answer.text
        pieces.append(answer.json)
        totals.append(answer.headers["X-Total-Count"])
        found = LINK.fullmatch(answer.headers.get("Link", ""))
        path = found and found["path"]
    return pieces, totals


@pytest.mark.parametrize("limit", [1, 2])
def test_the_pieces_of_a_list_are_the_list(app, asked_by, limit):
    for endpoint, path in asked_by.paths.items():
        whole = asked_by.get(endpoint)
        rows = whole.json
        assert len(rows) > 2, endpoint
        assert whole.headers["X-Total-Count"] == str(len(rows))
        assert "Link" not in whole.headers
        pieces, totals = asked_by.walked(endpoint, f"{path}?limit={limit}")
        assert {len(each) for each in pieces[:-1]} == {limit}
        assert [row for each in pieces for row in each] == rows, endpoint
        assert set(totals) == {str(len(rows))}


def test_what_is_no_piece_is_refused_by_its_name(asked_by):
    others = {}
    for endpoint in asked_by.paths:
        for limit in ("0", "501", "-1", "x", "1.5"):
            asked = asked_by.get(endpoint, query_string={"limit": limit})
            assert wrong_fields(asked) == {"limit"}
        for cursor in ("", "x", "W10=", "é", "x" * 4001, "[" * 3000):
            asked = asked_by.get(endpoint, query_string={"cursor": cursor})
            assert wrong_fields(asked) == {"cursor"}
        link = asked_by.get(endpoint, "?limit=1").headers["Link"]
        others[endpoint] = LINK.fullmatch(link)["path"].partition("?")[2]
    for endpoint in asked_by.paths:
        for other, next_piece in others.items():
            answer = asked_by.get(endpoint, f"?{next_piece}")
            if endpoint == other:
                assert answer.status_code == 200
            else:
                assert wrong_fields(answer) == {"cursor"}, (endpoint, other)


def test_what_a_cursor_says_is_sealed(app):
    """Somebody who makes one up, or changes a letter of one, is refused."""
    with app.test_request_context("/api/queues/"):
        rows = range(0, 100, 10)
        answer = piece_of(rows, Piece(limit=1), by_last_digit, shown)
        cursor = parse_qs(urlsplit(LINK.fullmatch(answer.headers["Link"])["path"]).query)["cursor"][
            0
        ]
        changed = cursor[:-10] + ("A" if cursor[-10] != "A" else "B") + cursor[-9:]
        for made_up in (changed, json.dumps(["0", 0]), cursor.lower()):
            refused = piece_of(rows, Piece(limit=1, cursor=made_up), by_last_digit, shown)
            assert refused.status_code == 400
            assert set(refused.json["errors"]) == {"cursor"}


def test_no_name_stands_in_the_address_of_a_piece(client):
    for name in ("Secretan", "Zola"):
        factories.student("Alice", name)
    link = Program(client, factories.admin()).get(f"{STUDENTS}?limit=1").headers["Link"]
    assert re.fullmatch(r"</api/students/admin/students/\?limit=1&cursor=gAAAA[\w%-]+>.*", link)


def test_who_leaves_and_joins_meanwhile_costs_nobody_their_place(client):
    admin = factories.admin()
    program = Program(client, admin)
    people = {name: factories.student("A", name) for name in ascii_uppercase[1:6]}
    first = program.get(f"{STUDENTS}?limit=2")
    assert [each["last_name"] for each in first.json] == ["B", "C"]
    for name in "BC":
        students.delete(admin.actor, people[name].student_id, f"A {name}")
    factories.student("A", "A")
    factories.student("A", "Dd")
    rest, _totals = walked(program, LINK.fullmatch(first.headers["Link"])["path"])
    assert [row["last_name"] for each in rest for row in each] == ["D", "Dd", "E", "F"]


def test_somebody_who_stays_is_seen_once_whatever_comes_and_goes(app):
    drawn = chance.seeded()
    for _ in range(20):
        rows = set(drawn.sample(range(100), 40))
        stay, seen, cursor = set(drawn.sample(sorted(rows), 20)), [], ""
        while cursor is not None:
            piece, cursor = one_piece(app, rows, drawn.randint(1, 7), cursor)
            seen += piece
            rows = stay | set(drawn.sample(range(100), 20))
        assert [row for row in seen if row in stay] == sorted(stay, key=by_last_digit)


def one_piece(app, rows, limit, cursor):
    """The rows of a piece, and where to go on, None at the end."""
    with app.test_request_context("/api/queues/"):
        asked = Piece(limit=limit, cursor=cursor or None)
        ordered = sorted(rows, key=by_last_digit)
        answer = piece_of(ordered, asked, by_last_digit, shown)
    return [each["id"] for each in answer.json], cursor_of(answer)


def cursor_of(answer):
    """Where to go on, None at the end."""
    found = LINK.fullmatch(answer.headers.get("Link", ""))
    return found and parse_qs(urlsplit(found["path"]).query)["cursor"][0]


def shown(row):
    return NamedCompany(id=row, name="")


def by_last_digit(row):
    return (str(row % 10), row)


def names(program, path, **query):
    return [each["name"] for each in program.get(path, query_string=query).json]


def test_companies_are_searched_and_filtered_as_on_the_students_list(client):
    factories.company("Acme", hall="Nord", sectors="Énergie", looking_for="internship")
    factories.company("Beta", hall="Sud", stand="B 2")
    gone = factories.company("Gone", hall="Nord")
    companies.edit(actors.SYSTEM, gone, {"status": "paused"})
    for person in (factories.student("Alice"), factories.admin()):
        program, path = Program(client, person), "/api/companies/"
        assert names(program, path, q="acm") == ["Acme"]
        assert names(program, path, q="b2") == names(program, path, hall="sud") == ["Beta"]
        assert names(program, path, sector="energie") == ["Acme"]
        assert names(program, path, looking_for="internship") == ["Acme"]
        assert names(program, path, hall="nord") == ["Acme"]
        assert names(program, path, hall="nord", sector="x") == []
        assert "colour" in wrong_fields(program.get(f"{path}?colour=red"))


def test_companies_are_searched_and_filtered_as_on_the_teams_list(client):
    factories.company("Acme", hall="Nord", sectors="Énergie")
    factories.company("Beta", hall="Sud")
    gone = factories.company("Gone", hall="Nord")
    companies.edit(actors.SYSTEM, gone, {"status": "paused"})
    program, path = Program(client, factories.admin()), "/api/companies/admin/companies/"
    assert names(program, path, q="e") == []
    assert names(program, path, q="acme") == names(program, path, sector="énergie") == ["Acme"]
    assert names(program, path, hall="nord") == ["Acme", "Gone"]
    assert names(program, path, hall="nord", state="paused") == ["Gone"]
    assert names(program, path, unopened="true") == ["Acme", "Beta", "Gone"]
    assert wrong_fields(program.get(f"{path}?state=asleep")) == {"state"}


def test_students_are_searched_and_filtered_as_on_the_teams_list(client):
    admin = factories.admin()
    factories.student("Anna", "Ahl", email="anna@univ.example")
    bob = factories.student("Bob", "Berg", email="bob@other.example")
    students.edit(admin.actor, bob.student_id, {"status": "paused"})
    program = Program(client, admin)

    def found(**query):
        answer = program.get(STUDENTS, query_string=query)
        assert answer.headers["X-Total-Count"] == str(len(answer.json))
        return [each["first_name"] for each in answer.json]

    assert found() == ["Anna", "Bob"]
    assert found(q="àhl") == found(domain="univ.example") == ["Anna"]
    assert found(state="paused") == ["Bob"]
    assert found(q="Ahl", state="paused") == []
    assert wrong_fields(program.get(f"{STUDENTS}?since=-1")) == {"since"}


def test_a_cursor_is_good_for_its_filters_alone(client):
    for name in ("Ahl", "Ahlberg", "Berg"):
        factories.student("Anna", name)
    program = Program(client, factories.admin())
    link = program.get(f"{STUDENTS}?limit=1&q=ahl").headers["Link"]
    pieces, totals = walked(program, LINK.fullmatch(link)["path"])
    assert ([len(each) for each in pieces], totals) == ([1], ["2"])
    assert wrong_fields(program.get(LINK.fullmatch(link)["path"].replace("q=ahl", "q=be"))) == {
        "cursor"
    }


@pytest.fixture
def busy_fair(client):
    """Companies and students of whom several have the same figures, to be sorted."""
    admin = factories.admin()
    for number, name in enumerate(NAMES):
        company_id = factories.company(name, stand=f"A{12 - number}", queue_limit=50)
        for each in range(number % 3):
            factories.entry(factories.student(f"S{each}", name), company_id)
        if number % 2:
            companies.edit(actors.SYSTEM, company_id, {"status": "paused"})
    return Program(client, admin)


@pytest.mark.parametrize(
    ("path", "ways"),
    [
        ("/api/companies/admin/companies/", both_ways(company_list.SORTS)),
        (STUDENTS, both_ways(student_list.SORTS)),
    ],
)
def test_lists_are_sorted_as_on_the_pages_whole_and_in_pieces(busy_fair, path, ways):
    by_name = [row["id"] for row in busy_fair.get(path).json]
    seen = set()
    for way in ways:
        found = [row["id"] for row in busy_fair.get(path, query_string={"sort": way}).json]
        assert found == on_the_page(path, way), way
        pieces, _totals = walked(busy_fair, f"{path}?sort={way}&limit=2")
        assert [row["id"] for piece in pieces for row in piece] == found, way
        seen.add(tuple(found))
    assert tuple(by_name) in seen
    assert len(seen) > 3
    assert wrong_fields(busy_fair.get(path, query_string={"sort": "colour"})) == {"sort"}


def on_the_page(path, way):
    """The ids in the order of the team's own list."""
    if path == STUDENTS:
        with read_transaction() as connection:
            return student_list.found_ids(connection, "", sort=way)
    return [line.company.id for line in company_list.found_companies(EVERY_COMPANY, way)]
