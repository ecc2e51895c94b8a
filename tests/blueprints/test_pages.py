"""Every page has a title of its own, a way to help and, when it fails, a way on."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import pytest
from sqlalchemy.exc import OperationalError

from jobfair import create_app
from jobfair.domain.events import ManyAct
from jobfair.models import Role
from jobfair.queries import hall_codes
from jobfair.queries.stand import stands
from jobfair.services import webhooks
from jobfair.services.access import team
from jobfair.services.companies import many_companies
from jobfair.unit_of_work import actors
from tests.conftest import settings
from tests.support import factories

TITLE = re.compile("<title>(.*?)</title>")
AUDIENCE = re.compile("/admin|/company/|/")
NO_PAGES = re.compile(
    r"^/(api/(?!docs)|live/|static/|colours/)|\.(csv|xlsx|json|ico|webp)$|^/health$"
)


def _rules():
    """Every address that shows a page."""
    rules = create_app(settings("sqlite:///unused")).url_map.iter_rules()
    return sorted({r.rule for r in rules if "GET" in r.methods and not NO_PAGES.search(r.rule)})


RULES = _rules()


@pytest.fixture
def everything(app):
    """One of each, by the names that addresses give them; Alice is in an interview."""
    alice = factories.student("Alice")
    company_id = factories.company("Acme", slots=2)
    factories.interview(alice, company_id)
    factories.company("Rival")
    return {
        "alice": alice,
        "admin": factories.admin(),
        "company_id": company_id,
        "student_id": alice.student_id,
        "entry_id": 1,
        "token": factories.token(company_id),
        "user_id": team.invite(actors.SYSTEM, "desk@example.org", Role.DESK).user_id,
        "code": hall_codes.code(alice.student_id).replace(" ", ""),
        "phase": "closed",
        "what": "students",
        "key": factories.uploaded_backup(),
        "edition_id": factories.edition(),
        "rehearsal_id": factories.rehearsal(),
        "key_id": factories.key(factories.admin()).id,
        "webhook_id": webhooks.make(actors.SYSTEM, "https://hooks.example", ["queue_update"]).id,
        "act_number": many_companies.carry_out(actors.SYSTEM, ManyAct.HALL, [company_id], 0),
    }


def seen(app, everything, rule):
    """A page as its reader sees it."""
    client = app.test_client()
    if rule.startswith("/admin"):
        everything["admin"].sign_in(client)
    elif not rule.startswith(("/login", "/register", "/welcome", "/company")) and rule != "/":
        everything["alice"].sign_in(client)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(everything[found[1]]), rule)
    return client.get(path, headers={"Accept-Language": "en"}, buffered=True)


def test_each_page_has_a_title_of_its_own(app, everything):
    titles = {}
    for rule in RULES:
        answer = seen(app, everything, rule)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            titles[rule] = unescape(TITLE.search(answer.text)[1])
    assert len(titles) > 30
    untitled = [rule for rule, title in titles.items() if title.startswith(("JobFair", " ·"))]
    assert untitled == []
    audiences = {rule: AUDIENCE.match(rule)[0] for rule in titles}
    named = Counter((audiences[rule], title) for rule, title in titles.items())
    shared = [name for name, count in named.items() if count > 1]
    assert shared == []


@pytest.mark.parametrize(
    ("rule", "address"),
    [
        ("/dashboard", "/help"),
        ("/login", "/help"),
        ("/admin/", "/admin/help"),
        ("/company/<token>", "/company/{token}/help"),
    ],
)
def test_help_is_a_tap_away(app, everything, rule, address):
    address = address.format(**everything)
    assert f'class="help" href="{address}"' in seen(app, everything, rule).text
    answer = seen(app, everything, address)
    assert answer.status_code == 200
    assert 'class="steps"' in answer.text


def test_the_stands_help_keeps_its_secret(client, everything):
    answer = client.get(f"/company/{everything['token']}/help")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert client.get("/company/unknown/help").status_code == 404


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("/nowhere", "/"),
        ("/admin/nowhere", "/admin/"),
        ("/company/{token}/nowhere", "/company/{token}"),
    ],
)
def test_what_is_not_there_leads_back_to_the_right_place(client, everything, path, home):
    page = client.get(path.format(**everything))
    assert page.status_code == 404
    assert f'href="{home.format(**everything)}"' in page.text


def test_what_is_away_for_a_moment_tries_again_by_itself(app, client, everything, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def away(_token):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(stands, "link", away)
    path = f"/company/{everything['token']}"
    page = client.get(path)
    assert page.status_code == 503
    assert 'http-equiv="refresh"' in page.text
    assert f'href="{path}"' in page.text
    assert 'http-equiv="refresh"' not in client.post(f"{path}/pause").text


def test_browsers_that_ask_for_an_icon_get_one(client):
    icon = client.get("/favicon.ico")
    assert icon.status_code == 200
    assert icon.mimetype in ("image/vnd.microsoft.icon", "image/x-icon")
    assert icon.data[:4] == b"\0\0\1\0"


NAMES = {"Alice Martin", "Martin Alice", "Acme", "Rival"}
HAVE_ONE = {"bdi", "option", "text", "title"}
"""Elements whose text has a direction of its own; a title is plain text to a browser, and
the text of a drawing has it from the style sheet."""


class _Names(HTMLParser):
    """Collects the elements that hold nothing but a name."""

    def __init__(self):
        super().__init__()
        self.holders = []
        self._open = [""]

    def handle_starttag(self, tag, _attrs):
        self._open.append(tag)

    def handle_endtag(self, tag):
        # What has no end is left behind with what it stands in.
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if data.strip() in NAMES:
            self.holders.append(self._open[-1])


def test_a_name_is_written_in_its_own_direction(app, everything):
    found = Counter()
    for rule in RULES:
        reader = _Names()
        reader.feed(seen(app, everything, rule).text)
        assert {*reader.holders} <= HAVE_ONE, rule
        found.update(reader.holders)
    assert found["bdi"] > 10
