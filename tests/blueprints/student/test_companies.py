"""The list of companies, a company's page, the stars and the day, as forms and as fragments."""

import re
import time

import pytest

from jobfair.domain.state import CompanyStatus, Phase
from jobfair.services import companies, fair, favourites, interviews, presence, queues
from jobfair.unit_of_work import actors
from jobfair.web.responses import FRAGMENTS
from jobfair.web.security import csrf
from tests.support import factories

ENGLISH = {"Accept-Language": "en"}
FIRST_VIEW_BYTES = 12 * 1024
MANY = 300


@pytest.fixture
def phone(client, alice):
    """Alice's browser: `phone(path, **form)` posts, `phone.get(path)` reads, both in English."""
    sign_in = alice.sign_in(client)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.environ_base["HTTP_X_CSRF_TOKEN"] = csrf.token(sign_in.sign_in_id)
    return client


def rows(page):
    return re.findall(r'<li class="company[^>]* id="company-(\d+)"', page)


def pressed(page):
    return re.findall(r'aria-pressed="(\w+)"', page)


@pytest.fixture
def many(app):
    """As many companies as a large fair has, with profiles."""
    made = []
    for number in range(MANY):
        company_id = factories.company(f"Société {number:03}", stand=f"A{number}")
        profile = {
            "hall": f"Hall {number % 3}",
            "sectors": f"Énergie, Secteur {number % 20}",
            "looking_for": "internship, job",
            "description": f"Nous sommes le numéro {number}. " * 20,
        }
        companies.edit(actors.SYSTEM, company_id, profile)
        made.append(company_id)
    return made


def test_with_many_companies_the_first_view_is_small_and_soon_made(phone, many):
    answer = phone.get("/companies", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= FIRST_VIEW_BYTES
    assert "300 companies" in phone.get("/companies").text
    assert len(rows(phone.get("/companies").text)) == 15
    assert len(rows(phone.get("/companies?shown=90").text)) == 90
    # A search finds one of 300 in not much more than a page without any list takes.
    assert seconds(phone, "/companies?q=numero+217") < 3 * seconds(phone, "/profile")


def seconds(phone, path):
    """The shortest of several times that a request takes this process."""
    taken = []
    for _ in range(5):
        before = time.process_time()
        assert phone.get(path).status_code == 200
        taken.append(time.process_time() - before)
    return min(taken)


def test_what_is_chosen_is_in_the_form_and_leads_on(phone, app):
    for name in ("Acme", "Beta", "Gamma"):
        companies.edit(actors.SYSTEM, factories.company(name), {"sectors": "Data"})
    page = phone.get("/companies?q=a&sector=Data&wait=short&shown=1&sort=wait").text
    assert 'name="q" type="search" value="a"' in page
    assert '<option selected value="Data">Data (3)</option>' in page
    assert re.search(r'value="short"[^>]* checked', page)
    assert '>Filters<span id="filters-chosen"> (2)</span>' in page
    assert 'href="/companies?q=a&amp;wait=short&amp;sort=wait" data-clears="sector"' in page
    assert 'href="/companies?q=a&amp;sort=wait" data-clears=""' in page
    assert len(rows(page)) == 1
    assert "q=a&amp;sector=Data&amp;wait=short&amp;sort=wait&amp;shown=61" in page
    assert 'data-live="/live/companies?q=a&amp;sector=Data' in page


def test_a_list_that_finds_nothing_says_how_to_go_on(phone, techcorp):
    page = phone.get("/companies?q=nothing").text
    assert "No company matches" in page
    assert "Show every company" in page


def test_a_list_that_finds_nothing_says_which_choice_to_take_back(phone, bob, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"sectors": "Data"})
    queues.join(bob.actor, techcorp)
    factories.company("Beta")
    page = phone.get("/companies?sector=Data&wait=short").text
    loosen = re.findall(
        r'href="(/companies[^"]*)" data-clears="(\w+)"><span>(.*?)</span></a>', page
    )
    assert [(name, words) for _, name, words in loosen] == [
        ("sector", "1 without: Data"),
        ("wait", "1 without: 20 min at most"),
    ]
    assert rows(phone.get(loosen[1][0]).text) == [str(techcorp)]


def test_a_choice_that_would_leave_nothing_cannot_be_made(phone, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"sectors": "Data", "looking_for": "job"})
    other = factories.company("Beta")
    companies.edit(actors.SYSTEM, other, {"sectors": "Law", "looking_for": "phd"})
    page = phone.get("/companies?looking_for=job").text
    assert '<option disabled value="Law">Law (0)</option>' in page
    assert '<option value="Data">Data (1)</option>' in page
    assert 'value="phd"><span>PhD (1)' in page


def test_a_search_marks_what_it_has_found(phone, techcorp):
    profile = {"sectors": "Law, Data", "looking_for": "job", "description": "Big <b>plans</b>."}
    companies.edit(actors.SYSTEM, techcorp, profile)
    assert "<mark>Data</mark> · Job · Law" in phone.get("/companies?q=data+science").text
    assert "<mark>&lt;b&gt;plans&lt;/b&gt;.</mark>" in phone.get("/companies?q=plans").text


def test_typing_is_answered_with_the_list_alone(phone, techcorp):
    answer = phone.get("/companies?q=tech", headers={"Accept": FRAGMENTS}).text
    assert 'hx-target="#companies"' in answer
    assert "<html" not in answer


def test_a_star_is_set_and_taken_back_before_the_fair_is_open(phone, alice, techcorp):
    fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    answer = phone.post(f"/companies/{techcorp}/favourite", data={"wanted": "1"})
    assert answer.status_code == 303
    assert pressed(phone.get("/companies").text) == ["true"]
    assert rows(phone.get("/my-day").text) == [str(techcorp)]
    phone.post(f"/companies/{techcorp}/favourite", data={"wanted": ""})
    assert pressed(phone.get("/companies").text) == ["false"]
    assert phone.post("/companies/4711/favourite", data={"wanted": "1"}).status_code == 404


def test_an_action_on_a_row_is_answered_with_that_row(phone, app):
    first, second = factories.company("First"), factories.company("Second")
    here = {"Accept": FRAGMENTS, "HX-Current-URL": "http://localhost/companies?sort=wait"}
    for path in (f"/companies/{second}/favourite", f"/companies/{second}/join"):
        answer = phone.post(path, headers=here).text
        assert f'hx-target="#company-{second}"' in answer
        assert 'hx-target="#companies"' not in answer
        assert f'id="company-{first}"' not in answer
    assert "It's your turn" in answer
    assert "Registered at position 1" in answer
    assert "Registered at Second. It&#39;s your turn. Position 1, in order of arrival." in answer
    again = phone.post(f"/companies/{second}/join", headers=here)
    assert again.status_code == 400
    assert 'class="refusal"' in again.text


def test_joining_says_where_one_stands_on_the_list_and_on_the_page(phone, techcorp):
    for _ in range(2):
        factories.entry(factories.student(), techcorp)
    here = {"Accept": FRAGMENTS, "HX-Current-URL": "http://localhost/companies"}
    answer = phone.post(f"/companies/{techcorp}/join", headers=here).text
    assert "Registered at TechCorp. 2 people ahead of you. Position 3," in answer
    assert "2 people ahead of you</span>" in answer
    assert "Registered at position 3" in answer
    page = phone.get(f"/companies/{techcorp}").text
    assert "Registered at position 3" in page
    assert "2 people ahead of you" in page


def test_the_day_says_what_is_next(phone, alice, bob, techcorp):
    favourites.star(alice.actor, techcorp)
    page = phone.get("/my-day").text
    assert "Nobody is waiting at TechCorp" in page
    queues.join(bob.actor, techcorp)
    page = phone.get("/my-day").text
    assert "is waiting at" not in page
    assert "My favourites <" in page
    queues.join(alice.actor, techcorp)
    assert "Next: TechCorp · 1 person ahead of you" in phone.get("/my-day").text
    presence.change_status(alice.actor, "paused")
    assert "Next: TechCorp" not in phone.get("/my-day").text


def test_a_day_shows_a_met_favourite_as_one_and_when_it_ended(phone, alice, techcorp):
    favourites.star(alice.actor, techcorp)
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    met = phone.get("/my-day").text.partition('id="met-')[2]
    assert "Favourite" in met.partition("</li>")[0]
    assert "ended at <time" in met


def test_what_somebody_has_starred_nobody_else_sees(client, alice, bob, techcorp):
    favourites.star(alice.actor, techcorp)
    bob.sign_in(client)
    assert pressed(client.get("/companies").text) == ["false"]
    assert rows(client.get("/my-day").text) == []
    assert pressed(client.get(f"/companies/{techcorp}").text) == ["false"]


def test_a_company_tells_those_who_are_not_signed_in_what_it_is(client, techcorp):
    profile = {"description": "We build.", "hall": "Hall A", "link": "https://acme.example/"}
    companies.edit(actors.SYSTEM, techcorp, profile | {"stand": "B12", "sectors": "Data"})
    queues.join(factories.student("Zoé").actor, techcorp)
    page = client.get(f"/companies/{techcorp}?code=pivoine", headers=ENGLISH).text
    for words in ("TechCorp", "B12", "Hall A", "We build.", "Data", "1 waiting", "noopener"):
        assert words in page
    assert "Zoé" not in page
    back = f"next=%2Fcompanies%2F{techcorp}%3Fcode%3Dpivoine&amp;join={techcorp}"
    assert f'href="/register?{back}"' in page
    assert client.get("/companies/4711").status_code == 404


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": CompanyStatus.PAUSED}, "takes nobody at the moment"),
        ({"queue_open": False}, "This queue is closed"),
        ({"queue_limit": 1}, "This queue is full"),
    ],
)
def test_where_nobody_can_join_the_page_says_why_to_anybody(client, alice, bob, change, reason):
    company_id = factories.company("Acme")
    queues.join(bob.actor, company_id)
    companies.edit(actors.SYSTEM, company_id, change)
    for signed_in in (False, True):
        if signed_in:
            alice.sign_in(client)
        page = client.get(f"/companies/{company_id}", headers=ENGLISH).text
        assert reason in page
        assert "join=" not in page
        assert f"/companies/{company_id}/join" not in page


def test_a_poster_leads_to_the_page_with_the_word_of_the_fair(client, techcorp):
    answer = client.get(f"/join/{techcorp}?code=pivoine")
    assert answer.status_code == 303
    assert answer.location == f"/companies/{techcorp}?code=pivoine"


def test_organisers_see_a_companys_page_as_anybody_does(client, techcorp):
    factories.admin().sign_in(client)
    assert "TechCorp" in client.get(f"/companies/{techcorp}").text
