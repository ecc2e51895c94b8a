"""The list of companies, a company's page, the stars and the day, as forms and as fragments."""

import re
import time

import pytest

from jobfair.domain.state import CompanyStatus, Phase
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import favourites
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from jobfair.web.security.browsers import csrf
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
    assert '>Filters<span id="filters-chosen"> (1)</span>' in page
    assert 'href="/companies?q=a&amp;wait=short&amp;sort=wait" data-clears="sector"' in page
    assert 'href="/companies?q=a&amp;sort=wait" data-clears=""' in page
    assert len(rows(page)) == 1
    assert "q=a&amp;sector=Data&amp;wait=short&amp;sort=wait&amp;shown=61" in page
    assert 'data-live="/live/companies?q=a&amp;sector=Data' in page


def test_the_list_is_found_again_as_it_was_left(phone, techcorp):
    back = re.compile(r'href="(/companies[^"]*)" data-list')
    page = f"/companies/{techcorp}"
    assert set(back.findall(phone.get(page).text)) == {"/companies"}
    phone.get("/companies?q=%22tech%22&wait=short")
    # Joining leads to the page again, and what is typed with a script stays the script's.
    phone.post(f"{page}/join", headers={"Referer": f"http://localhost{page}"})
    phone.get("/companies?q=other", headers={"Accept": FRAGMENTS})
    assert set(back.findall(phone.get(page).text)) == {"/companies?q=%22tech%22&amp;wait=short"}
    # Only the way back: the tab and the link below lead to all of it.
    for path in ("/dashboard", "/my-day", page):
        shown = phone.get(path).text.replace(
            'href="/companies?q=%22tech%22&amp;wait=short" data-list', ""
        )
        assert "/companies?" not in shown, path
        assert 'href="/companies"' in shown, path
    for left in ("", "?q=" + "x" * 500):
        phone.get("/companies?q=tech")
        phone.get(f"/companies{left}")
        assert set(back.findall(phone.get(page).text)) == {"/companies"}


def test_a_narrowed_list_has_its_way_out_beside_the_count(phone, techcorp):
    way_out = '<a class="alone" href="/companies">Show all</a>'
    for narrowed in ("q=tech", "looking_for=job&q=t", "wait=short", "favourites=1"):
        factories.company(narrowed)
        page = phone.get(f"/companies?{narrowed}").text
        assert ("company-list" in page) is (way_out in page)
    assert way_out in phone.get("/companies?wait=short").text
    assert way_out in phone.get("/companies?q=tech", headers={"Accept": FRAGMENTS}).text
    for all_of_it in ("", "?sort=wait"):
        assert way_out not in phone.get(f"/companies{all_of_it}").text


def test_who_leaves_is_told_which_queue(phone, alice, techcorp):
    entry_id = factories.entry(alice, techcorp)
    phone.post(f"/entries/{entry_id}/leave")
    assert "You left the queue of TechCorp" in phone.get("/dashboard").text
    again = phone.post(f"/entries/{entry_id}/leave", headers={"Accept": FRAGMENTS})
    assert again.status_code == 400
    assert "You left" not in again.text
    assert phone.post("/entries/4711/leave").status_code == 404


def test_every_list_of_companies_leads_to_each_ones_page(phone, alice, techcorp):
    factories.entry(factories.student(), techcorp)
    factories.entry(alice, techcorp)
    favourites.star(alice.actor, techcorp)
    for path in ("/dashboard", "/companies", "/my-day"):
        assert f'<h3><a href="/companies/{techcorp}">' in phone.get(path).text, path


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
        ("wait", "1 without: 30 min at most"),
    ]
    assert rows(phone.get(loosen[1][0]).text) == [str(techcorp)]


def test_a_choice_that_would_leave_nothing_cannot_be_made(phone, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"sectors": "Data", "looking_for": "job"})
    other = factories.company("Beta")
    companies.edit(actors.SYSTEM, other, {"sectors": "Law", "looking_for": "phd"})
    page = phone.get("/companies?looking_for=job").text
    assert '<option disabled value="Law">Law (0)</option>' in page
    assert '<option value="Data">Data (1)</option>' in page
    assert re.search('value="job" checked><span>Job', page)
    assert 'value="phd"><span>PhD' in page
    assert 'name="favourites" value="1" disabled>' in page
    page = phone.get("/companies?sector=Law").text
    assert 'value="job" disabled><span>Job' in page
    assert 'data-none="favourites job"' in page


def test_a_search_for_a_paused_company_says_so_under_what_it_has_found(phone, techcorp):
    kaolin = factories.company("Kaolin Design", stand="C2", status=CompanyStatus.PAUSED)
    page = phone.get("/companies?q=kaolin").text
    assert "0 companies, 1 paused" in page
    paused = page.partition("Paused for the moment:")[2].partition("</p>")[0]
    assert f'<a href="/companies/{kaolin}"><bdi>Kaolin Design</bdi> (C2)</a>' in paused
    assert "Paused for the moment" not in phone.get("/companies").text


def test_a_search_marks_what_it_has_found(phone, techcorp):
    profile = {"sectors": "Law, Data", "looking_for": "job", "description": "Big <b>plans</b>."}
    companies.edit(actors.SYSTEM, techcorp, profile)
    assert "<mark>Data</mark> · Law · Job" in phone.get("/companies?q=data+science").text
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
    assert "2 people ahead of you, too early to say how long</span>" in answer
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
    companies.edit(actors.SYSTEM, techcorp, {"stand": "C3", "hall": "Hall C"})
    queues.join(alice.actor, techcorp)
    following = phone.get("/my-day").text.partition("Next: TechCorp")[2].partition("</div>")[0]
    for words in ("Stand C3 · Hall C", "1 person ahead of you", "Stay nearby."):
        assert words in following
    presence.change_status(alice.actor, "paused")
    page = phone.get("/my-day").text
    assert "Next: TechCorp" not in page
    after = page.partition("When you are back: TechCorp")[2].partition("</div>")[0]
    assert "1 person ahead of you" in after
    assert "Stay nearby." not in after


def the_next(phone):
    return phone.get("/my-day").text.partition('class="notice day-next"')[2].partition("</div>")[0]


def test_the_day_says_why_that_one_is_next(phone, alice, app):
    few, many = (factories.company(name) for name in ("Few", "Many"))
    for company_id, ahead in ((few, 2), (many, 4)):
        for _ in range(ahead):
            factories.entry(factories.student(), company_id)
    queues.join(alice.actor, many)
    assert "Next: Many" in the_next(phone)
    # There is nothing to choose between.
    assert "of all" not in the_next(phone)
    assert "fewest" not in the_next(phone)
    queues.join(alice.actor, few)
    assert "Next: Few" in the_next(phone)
    assert "The fewest people ahead of you" in the_next(phone)


def test_a_day_of_favourites_alone_says_where_to_start(phone, alice, app):
    few, many = (factories.company(name) for name in ("Few", "Many"))
    for company_id, ahead in ((few, 2), (many, 4)):
        favourites.star(alice.actor, company_id)
        for _ in range(ahead):
            factories.entry(factories.student(), company_id)
    assert "Start with: Few" in the_next(phone)
    assert "The fewest people ahead of you" in the_next(phone)
    assert f'action="/companies/{few}/join"' in the_next(phone)
    companies.edit(actors.SYSTEM, few, {"queue_open": False})
    assert "Start with: Many" in the_next(phone)


NOBODY_CALLS = "You are paused: nobody calls you"


def test_who_is_paused_reads_so_wherever_queues_are_joined(phone, alice, bob, techcorp):
    pages = ("/companies", f"/companies/{techcorp}", "/my-day")
    for page in pages:
        assert NOBODY_CALLS not in phone.get(page).text, page
    presence.change_status(alice.actor, "paused")
    for page in pages:
        main = phone.get(page).text.partition("<main")[2]
        assert NOBODY_CALLS in main, page
        assert 'action="/status/available"' in main, page
        here = {"Accept": FRAGMENTS, "HX-Current-URL": f"http://localhost{page}"}
        answer = phone.post(f"/companies/{techcorp}/join", headers=here).text
        told = answer.partition('id="toasts"')[2] or answer
        assert f"in order of arrival. {NOBODY_CALLS}." in told, page
        queues.leave(alice.actor, places.dashboard(alice.student_id).waiting[0].id)
    here = {"Accept": FRAGMENTS, "HX-Current-URL": "http://localhost/my-day"}
    assert NOBODY_CALLS not in phone.post("/status/available", headers=here).text
    assert "in order of arrival" in phone.post(f"/companies/{techcorp}/join", headers=here).text


def test_a_day_shows_a_met_favourite_as_one_and_when_it_ended(phone, alice, techcorp):
    favourites.star(alice.actor, techcorp)
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    met = phone.get("/my-day").text.partition('id="met-')[2]
    assert "Favourite" in met.partition("</li>")[0]
    assert "ended at <time" in met


def test_every_favourite_is_among_the_favourites_with_how_it_stands(phone, alice, bob, techcorp):
    met, queued, free = techcorp, factories.company("Queued"), factories.company("Free")
    for each in (met, queued, free):
        favourites.star(alice.actor, each)
    interviews.complete(actors.company(met), factories.interview(alice, met))
    presence.change_status(alice.actor, "available")
    queues.join(bob.actor, queued)
    queues.join(alice.actor, queued)
    page = phone.get("/my-day").text
    own = page.partition("My favourites <")[2].partition("</ul>")[0]
    assert 'class="count">3</span>' in own
    assert rows(own) == [str(free)]
    for company_id, state in ((queued, "1 person ahead of you"), (met, "Interview done")):
        assert state in own.partition(f'id="favourite-{company_id}"')[2].partition("</li>")[0]
    ids = re.findall(r' id="([^"]+)"', page.partition("<main")[2])
    assert len(ids) == len(set(ids))


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
        ({"queue_open": False}, "Queue closed: nobody joins"),
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
