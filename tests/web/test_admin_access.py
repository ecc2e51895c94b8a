"""The organisers' pages: open to an admin, 403 for a student, the sign-in page for nobody."""

from urllib.parse import parse_qs, urlsplit

import pytest

from jobfair import create_app, csrf
from tests import factories
from tests.conftest import settings
from tests.web.organisers import Organiser

IDS = {
    "company_id": 1,
    "student_id": 1,
    "entry_id": 1,
    "phase": "closed",
    "what": "students",
}


def _views():
    """Every organisers' view, as (method, address)."""
    rules = create_app(settings("sqlite:///unused")).url_map
    adapter = rules.bind("localhost")
    for rule in rules.iter_rules():
        if rule.endpoint.startswith("admin."):
            values = {name: IDS[name] for name in rule.arguments}
            for method in rule.methods & {"GET", "POST"}:
                yield method, adapter.build(rule.endpoint, values, method=method)


VIEWS = sorted(_views())
PAGES = [
    path
    for method, path in VIEWS
    if method == "GET" and not path.startswith("/live/") and not path.endswith(".csv")
]


@pytest.fixture
def one_of_each(app):
    alice = factories.student()
    factories.entry(alice, factories.company())
    return alice


def test_there_are_views():
    assert ("GET", "/admin/") in VIEWS
    assert len(VIEWS) > 35


@pytest.mark.parametrize(("method", "path"), VIEWS)
def test_nobody_is_asked_to_sign_in(client, one_of_each, method, path):
    answer = client.open(path, method=method)
    if path.startswith("/live/"):
        assert answer.status_code == 401
        return
    assert answer.status_code == 303
    sign_in = urlsplit(answer.location)
    assert sign_in.path == "/login"
    if method == "GET":
        assert parse_qs(sign_in.query)["next"] == [path]


@pytest.mark.parametrize(("method", "path"), VIEWS)
def test_a_student_is_not_let_in(client, one_of_each, method, path):
    sign_in = one_of_each.sign_in(client)
    headers = {"X-CSRF-Token": csrf.token(sign_in.sign_in_id)}
    assert client.open(path, method=method, headers=headers).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_an_admin_sees_each_page(client, one_of_each, path):
    answer = Organiser(client).get(path)
    assert answer.status_code == 200
    assert "<h1" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [each for each in PAGES if "/1" in each])
def test_what_is_not_there_is_said_to_be_so(client, app, path):
    assert Organiser(client).get(path).status_code == 404
