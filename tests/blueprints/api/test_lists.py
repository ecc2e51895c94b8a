"""Lists a piece at a time: a limit, a link to the next piece, and how many rows there are."""

import re
from string import ascii_uppercase
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from jobfair.blueprints.api.calls import ASKED
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes import NamedCompany
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import User
from jobfair.security import passwords
from jobfair.services import companies, fair, favourites, messages, queues, students
from jobfair.unit_of_work import actors
from tests.blueprints.who_may import BY_ENDPOINT, Who
from tests.support import chance, factories
from tests.support.programs import Program, wrong_fields

LINK = re.compile('<(?P<path>[^>]+)>; rel="next"')
STUDENTS = "/api/students/admin/students/"
NAMES = ("Émile & Co", "acme", "Beta", "zeta 10", "Zeta 2")


def lists(app):
    """Every list that comes in pieces: its endpoint and address."""
    return {
        rule.endpoint: rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        and issubclass(vars(app.view_functions[rule.endpoint]).get(ASKED, object), Piece)
    }


def test_the_lists_that_come_in_pieces(app):
    assert lists(app).keys() == {
        "api_alerts.every_alert",
        "api_companies.every_company",
        "api_companies.favourites",
        "api_companies.recruiting",
        "api_links.every_link",
        "api_messages.sent",
        "api_queues.own",
        "api_student_accounts.without_password",
        "api_students.every_student",
        "api_team.every_member",
        "api_told.notifications",
    }


@pytest.fixture
def asked_by(app, client):
    """Who asks for each list, at a fair where each has several rows."""
    fair.set_phase(actors.SYSTEM, Phase.OPEN)
    admin, alice = factories.admin(), factories.student("Alice")
    for role in ("viewer", "desk", "viewer"):
        factories.member(role)
    guests = [factories.student("Gast", name).user_id for name in NAMES]
    without = update(User).where(User.id.in_(guests)).values(password_hash=passwords.NONE)
    db.session.execute(without)
    db.session.commit()
    for name in NAMES:
        company_id, stuck = (factories.company(f"{name}{each}", hall=name[0]) for each in "ab")
        aside = factories.student("Léa", name)
        queues.pass_turn(aside.actor, factories.entry(aside, stuck))
        factories.entry(alice, company_id)
        favourites.star(alice.actor, company_id)
        messages.to_everyone(admin.actor, f"Come to {name}")
    as_admin, as_alice = Program(client, admin), Program(client, alice)
    return {
        endpoint: as_alice if BY_ENDPOINT[endpoint] in (Who.STUDENT, Who.USER) else as_admin
        for endpoint in lists(app)
    }


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
    for endpoint, path in lists(app).items():
        whole = asked_by[endpoint].get(path)
        rows = whole.json
        assert len(rows) > 2, endpoint
        assert whole.headers["X-Total-Count"] == str(len(rows))
        assert "Link" not in whole.headers
        pieces, totals = walked(asked_by[endpoint], f"{path}?limit={limit}")
        assert {len(each) for each in pieces[:-1]} == {limit}
        assert [row for each in pieces for row in each] == rows, endpoint
        assert set(totals) == {str(len(rows))}


def test_what_is_no_piece_is_refused_by_its_name(app, asked_by):
    others = {}
    for endpoint, path in lists(app).items():
        ask = asked_by[endpoint].get
        for limit in ("0", "501", "-1", "x", "1.5"):
            assert wrong_fields(ask(path, query_string={"limit": limit})) == {"limit"}
        for cursor in ("", "x", "W10=", "é", "x" * 4001, "[" * 3000):
            assert wrong_fields(ask(path, query_string={"cursor": cursor})) == {"cursor"}
        others[endpoint] = LINK.fullmatch(ask(f"{path}?limit=1").headers["Link"])["path"]
    for endpoint, path in lists(app).items():
        for other, next_piece in others.items():
            answer = asked_by[endpoint].get(f"{path}?{next_piece.partition('?')[2]}")
            if endpoint == other:
                assert answer.status_code == 200
            else:
                assert wrong_fields(answer) == {"cursor"}, (endpoint, other)


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


def test_whoever_stays_is_seen_once_whatever_comes_and_goes(app):
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
        answer = piece_of(ordered, asked, by_last_digit, lambda row: NamedCompany(id=row, name=""))
    found = LINK.fullmatch(answer.headers.get("Link", ""))
    cursor = found and parse_qs(urlsplit(found["path"]).query)["cursor"][0]
    return [each["id"] for each in answer.json], cursor


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
