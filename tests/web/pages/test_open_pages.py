"""Which page a form was sent from: what the browser says counts, as far as it can be true."""

import pytest
from werkzeug.datastructures import MultiDict

from jobfair.live.page import Audience
from jobfair.live.pages import BY_ADDRESS, PAGES
from jobfair.live.pages.admin import COMPANY, OVERVIEW
from jobfair.live.pages.stand import STAND
from jobfair.live.pages.student import COMPANIES, DASHBOARD, HISTORY, PROFILE
from jobfair.live.pages.student import COMPANY as ONE_COMPANY
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from jobfair.web.pages.open_pages import sent_from
from tests.support import factories

DASHBOARD_OF_ALICE = DASHBOARD.open(MultiDict(), student_id=1)


def told(app, default=DASHBOARD_OF_ALICE, **headers):
    """The page that a form is taken to come from, with what the browser says of it."""
    with app.test_request_context(headers={n.replace("_", "-"): v for n, v in headers.items()}):
        return sent_from(default)


def test_each_page_has_an_address_a_name_and_a_view_of_its_own(app):
    assert len({page.name for page in PAGES}) == len(PAGES)
    with_forms = [page for page in PAGES if page.audience is not Audience.PUBLIC]
    assert list(BY_ADDRESS.values()) == with_forms
    routes = {rule.rule for rule in app.url_map.iter_rules()}
    for page in PAGES:
        assert {page.address, page.stream} <= routes


def test_htmx_says_where_it_is_and_a_browser_without_script_too(app):
    for name in ("HX_Current_URL", "Referer"):
        opened = told(app, **{name: "http://localhost/companies"})
        assert opened.page is COMPANIES
        assert opened.who == {"student_id": 1}


def test_htmx_is_believed_before_the_referrer_which_a_secret_page_does_not_send(app):
    opened = told(
        app, HX_Current_URL="http://localhost/profile", Referer="http://localhost/companies"
    )
    assert opened.page is PROFILE


def test_the_query_comes_back_with_the_page(app):
    opened = told(app, Referer="http://localhost/history?after=5")
    assert (opened.page, opened.address) == (HISTORY, "/history?after=5")
    assert opened.stream_address == "/live/history"


def test_a_proxy_may_have_changed_the_hosts_name(app):
    assert told(app, Referer="https://fair.example/companies").page is COMPANIES


def test_a_form_that_was_refused_shows_its_page_below_its_address(app):
    assert told(app, Referer="http://localhost/profile/password").address == "/profile"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "null",
        "http://[",
        "http://localhost",
        "http://localhost/",
        "http://localhost/nowhere",
        "http://localhost/privacy",
        "http://localhost/live/companies",
        "http://localhost/entries/5/hold",
        "http://localhost/admin/",
        "http://localhost/join/99999999999999999999999",
        "http://localhost/join/4711",
        "http://localhost" + "/profile" * 500,
    ],
)
def test_anything_else_is_answered_with_the_default(app, address):
    assert told(app, Referer=address) is DASHBOARD_OF_ALICE


def test_a_page_whose_company_is_gone_is_not_gone_back_to(app, techcorp):
    opened = ONE_COMPANY.open(MultiDict(), student_id=1, company_id=techcorp)
    address = f"http://localhost{opened.address}"
    assert told(app, Referer=address).page is ONE_COMPANY
    companies.delete(actors.SYSTEM, techcorp)
    assert told(app, Referer=address) is DASHBOARD_OF_ALICE


def test_an_organiser_comes_from_pages_of_organisers(app, techcorp):
    overview = OVERVIEW.open(MultiDict())
    assert (
        told(app, overview, Referer=f"http://localhost/admin/companies/{techcorp}").page is COMPANY
    )
    assert told(app, overview, Referer="http://localhost/dashboard") is overview


def test_a_link_leads_to_its_own_stand_alone(app, techcorp):
    token, other = factories.token(techcorp), factories.token(factories.company("Other"))
    default = STAND.open(MultiDict(), token=token, company_id=techcorp)
    opened = told(app, default, HX_Current_URL=f"http://localhost/company/{token}?all")
    assert (opened.page, opened.query.to_dict()) == (STAND, {"all": ""})
    assert told(app, default, HX_Current_URL=f"http://localhost/company/{other}?all") is default
