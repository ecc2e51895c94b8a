"""Every form of every live page is answered for that page, for every viewer."""

import re
import shutil
from inspect import unwrap
from pathlib import Path

import pytest

from jobfair.extensions import db
from jobfair.live.page import Audience
from jobfair.live.pages import PAGES
from jobfair.queries.admin import roster
from jobfair.queries.admin.fair import alerts
from jobfair.queries.public import hall
from jobfair.services import mail
from jobfair.services.fair import alerts as taking
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from tests.blueprints.html_forms import forms
from tests.support import factories
from tests.support.visiting import signed_in

REGION = re.compile(r'<hx-partial hx-target="#([\w-]+)"')
ANSWERS = {
    "answer",
    "_answer",
    "answer_typed",
    "_changed",
    "did_not_come",
    "is_here_again",
}
"""Through which a view answers for the page that is open."""

LEAD_ELSEWHERE = {
    "admin.companies.set_profile_editing",
    # Everywhere.
    "auth.language",
    "auth.sign_out",
    # Forms that somebody fills in: refused ones are shown again with what was typed.
    "student.profile.rename",
    "student.profile.show_nothing",
    "student.profile.introduce",
    "student.address.change",
    "student.profile.change_password",
    "sign_ins.end",
    "sign_ins.end_others",
    "admin.messages.send",
    "admin.paper_interviews.enter",
    "admin.company.edit",
    "admin.student.edit",
    "admin.student.reset_password",
    "admin.invitations.create_one",
}
"""Forms that no script sends, on one live page or another."""


@pytest.fixture(autouse=True)
def addresses_are_proved(monkeypatch):
    """Mail is set up, so that who has not proved their address is asked to."""
    monkeypatch.setattr(mail, "is_configured", lambda: True)
    monkeypatch.setattr(mail, "send_soon", lambda *_mail: None)


@pytest.fixture
def fair(app, shown, browsers):
    """Something of everything, an interview that has just ended, and one that has just started."""
    company_id = factories.company("Zzlate")
    entry_id = factories.interview(factories.student("Zzx"), company_id)
    interviews.complete(actors.company(company_id), entry_id)
    starting = factories.student("Zzy")
    factories.interview(starting, factories.company("Zznow"))
    shown.people["student who has just started"] = starting
    browsers["student who has just started"] = signed_in(app, starting)
    taken, *_others = alerts.alerts()
    taking.take(shown.people["desk"].actor, taken.key)
    return shown


@pytest.fixture
def anew(app, fair, tmp_path):
    """Puts the fair back to where it was before somebody tapped."""
    path = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    kept = tmp_path / "kept.sqlite"

    def put_back(source, target):
        db.session.remove()
        db.engine.dispose()
        for journal in path.parent.glob(f"{path.name}-*"):
            journal.unlink()
        shutil.copy(source, target)
        app.extensions.pop("jobfair", None)

    put_back(path, kept)
    return lambda: put_back(kept, path)


@pytest.fixture
def opened(fair, ask):
    """A page as each of those has it open whom it is for, at each of its addresses."""
    people = {
        Audience.STUDENT: [who for who in fair.people if who.startswith("student")],
        Audience.ADMIN: ["organiser"],
    }

    def each(page):
        for who in people.get(page.audience, ["nobody"]):
            for address in addresses(page):
                answer = ask(who, address)
                if answer.status_code == 200:
                    yield who, address, answer.text

    return each


def addresses(page):
    """Of every company, student and link; then with each thing that its query may say."""
    companies = roster.companies()
    tokens = [each.token for each in companies]
    values = {
        "company_id": [each.company.id for each in companies],
        "student_id": [each.id for each in roster.students()],
        "token": [hall.screen().token] if page.audience is Audience.HALL else tokens,
    }
    [name] = re.findall(r"<(?:\w+:)?(\w+)>", page.address) or [None]
    queries = [name for name, usual in page.options.items() if usual is False]
    queries += [f"{page.search.parameter}=zz"] if page.search else []
    for value in values.get(name, [None]):
        address = re.sub("<.*>", str(value), page.address)
        yield from (address, *(f"{address}?{query}" for query in queries))


@pytest.fixture
def tapped(app, opened):
    """Each form that a script sends from a page: who sends it, from where, to which view."""

    def each(page):
        found = {}
        for who, address, text in opened(page):
            for form in forms(text, address):
                if form.stays:
                    query = address.partition("?")[2]
                    found.setdefault((endpoint(app, form), query), (who, address, form))
        return found

    return each


def endpoint(app, form):
    return app.url_map.bind("").match(form.action.partition("?")[0], method="POST")[0]


def send(browsers, who, form, **said):
    client, headers = browsers[who]
    return client.post(form.action, data=form.values, headers={**headers, **said}, buffered=True)


def regions(page, address):
    """The regions that an answer puts into a page: what a search has found while there is one."""
    searched = page.search is not None and page.search.parameter in address
    return {*page.regions, *(page.search.regions if searched else ())}


def answered(page, address, view, form):
    """What an answer to a form puts into a page. Of a long list it is the row that was acted on."""
    expected = {*regions(page, address), "toasts"}
    row = re.match(r"/companies/(\d+)/", form.action)
    if page.rows is not None and row:
        expected = expected - {page.rows.region} | {f"company-{row[1]}"}
    # A star says by itself that it is set.
    return expected - ({"toasts"} if view == "student.companies.favourite" else set())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_script_is_answered_with_the_regions_of_the_page_that_is_open(
    page, browsers, tapped, anew
):
    for (view, _query), (who, address, form) in tapped(page).items():
        anew()
        answer = send(
            browsers, who, form, Accept=FRAGMENTS, HX_Current_URL=f"http://localhost{address}"
        )
        assert answer.status_code in (200, 400), (view, answer.text)
        assert {*REGION.findall(answer.text)} == answered(page, address, view, form), view


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_without_a_script_a_form_leads_back_to_the_page_that_was_open(page, browsers, tapped, anew):
    for (view, _query), (who, address, form) in tapped(page).items():
        anew()
        answer = send(browsers, who, form, Referer=f"http://localhost{address}")
        if answer.status_code == 303:
            assert answer.location in (address, f"{address}="), view
        else:
            # Refused, and shown at once with what was typed.
            said = re.search('class="(refusal|field-error)"', answer.text)
            assert (answer.status_code, said is not None) == (400, True), view


OFFERS_UNDO = {"Undo", "did_not_come"}
"""Through which a view offers the way back."""

TYPED = {"admin.swapping.swap": {"company": "Zznow"}}
"""What has to be typed for that."""


def ways_back(page):
    """The forms in the toasts of a page, or of an answer to a script."""
    return [(form.action, form.method) for form in forms(page, "/") if form.id.endswith(":toast")]


def test_what_can_be_taken_back_can_be_without_a_script(app, browsers, tapped, anew):
    """Or only who has a script could correct a tap beside the one that was meant."""
    offered = set()
    for page in PAGES:
        for (view, _query), (who, address, form) in tapped(page).items():
            if not OFFERS_UNDO & {*unwrap(app.view_functions[view]).__code__.co_names}:
                continue
            form.values.update(TYPED.get(view, {}))
            anew()
            sent_from = {"Referer": f"http://localhost{address}"}
            with_script = send(browsers, who, form, Accept=FRAGMENTS, **sent_from)
            back = ways_back(with_script.text)
            if not back:
                # Refused, as the time for it is over.
                continue
            offered.add(view)
            anew()
            page_after = browsers[who][0].get(send(browsers, who, form, **sent_from).location)
            assert ways_back(page_after.text) == back, (view, address)
            [undo] = [
                each for each in forms(page_after.text, address) if each.id.endswith(":toast")
            ]
            undone = send(browsers, who, undo, **sent_from)
            assert '"toast toast-success"' in browsers[who][0].get(undone.location).text, view
    views = app.view_functions.items()
    assert offered == {
        name for name, view in views if OFFERS_UNDO & {*unwrap(view).__code__.co_names}
    }


def test_every_action_that_answers_for_a_page_is_a_form_of_one(app, tapped):
    views = app.view_functions
    answering = {
        name
        for name, view in views.items()
        if not name.startswith("api_") and ANSWERS & {*unwrap(view).__code__.co_names}
    }
    on_pages = {view for page in PAGES for view, _query in tapped(page)}
    assert answering == on_pages


def test_whatever_else_a_page_sends_is_known_to_lead_elsewhere(app, opened):
    for page in PAGES:
        for _who, address, text in opened(page):
            left = {endpoint(app, form) for form in forms(text, address) if not form.stays}
            assert left <= LEAD_ELSEWHERE, address


def test_every_form_that_a_push_may_change_has_an_id_that_says_what_it_does(opened):
    """Or a push would make one button into another under the finger, and keep the focus on it."""
    does = {}
    for page in PAGES:
        for _who, address, text in opened(page):
            staying = [form for form in forms(text, address) if form.stays]
            ids = [form.id for form in staying]
            assert all(ids), address
            assert len({*ids}) == len(ids), address
            for form in staying:
                assert does.setdefault((address, form.id), form.action) == form.action


def test_every_page_but_the_halls_shares_its_stream_with_the_viewers_other_tabs(opened):
    for page in PAGES:
        for _who, address, text in opened(page):
            assert ("/tab-leader.js" in text) is (
                page.audience not in (Audience.HALL, Audience.PUBLIC)
            ), address
