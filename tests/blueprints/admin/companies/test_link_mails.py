"""The page that mails the stands' links: words, a preview, and what became of each mail."""

import re

import pytest
from flask_babel import gettext

from jobfair.blueprints.admin.companies import link_mails as view
from jobfair.fields.companies.link_mails import Place, filled, places
from jobfair.models import LinkMailState
from jobfair.queries.admin.lists import link_mails
from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.server import link_mailer
from jobfair.wording.language import LANGUAGES
from tests.support import factories

PAGE = "/admin/companies/links/mails"
WORDS = {"whom": "all", "subject": "Hello {company}", "text": "Here:\n{link}"}


@pytest.fixture
def config(mail_settings):
    return mail_settings


@pytest.fixture
def stands(app):
    return [
        factories.company("Acme", contact="ada@acme.example"),
        factories.company("Bolt <b>", contact="bob@bolt.example"),
        factories.company("Silent"),
    ]


def asked_at(page):
    return re.search(r'name="asked_at" value="(\d+)"', page)[1]


def test_from_the_words_to_the_mails(organiser, stands, mailbox, time):
    page = organiser.get(PAGE).text
    assert "Every company (2)" in page
    assert "1 company has no contact address" in page
    shown = organiser.post(f"{PAGE}/preview", **WORDS).text
    assert "Send 2 mails?" in shown
    assert "As Acme gets it" in shown
    assert "Hello Acme" in shown
    assert f"https://fair.example/company/{factories.token(stands[0])}" in shown
    assert "Silent" in shown
    other = organiser.post(f"{PAGE}/preview", **WORDS, company=stands[1]).text
    assert "Hello Bolt &lt;b&gt;" in other
    answer = organiser.post(PAGE, **WORDS, asked_at=asked_at(shown))
    assert answer.status_code == 303
    page = organiser.get(PAGE).text
    assert "0 of 2" in page
    assert 'hx-trigger="every 2s"' in page
    link_mailer.send_one()
    time.pass_(seconds=1)
    assert "1 of 2" in organiser.get(PAGE).text
    link_mailer.send_one()
    page = organiser.get(PAGE).text
    assert "every 2s" not in page
    assert len(re.findall(r"sent on \d", page)) == 2
    assert [each["To"] for each in mailbox] == ["ada@acme.example", "bob@bolt.example"]
    # The words are there for the next ones.
    assert "Hello {company}" in page
    assert "links_mailed" in [entry.kind for entry in audit.each(AuditFilter())]


def test_who_sends_second_is_told_who_has_one(organiser, stands, mailbox):
    number = asked_at(organiser.post(f"{PAGE}/preview", **WORDS).text)
    organiser.post(PAGE, **WORDS, asked_at=number)
    organiser.post(PAGE, **WORDS, asked_at=number)
    assert "Not twice to these, which have one already: Acme, Bolt" in organiser.get(PAGE).text
    assert link_mails.mails().counts[LinkMailState.WAITING] == 2
    assert organiser.post(f"{PAGE}/stop").status_code == 303
    assert link_mails.mails().page.total == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "Here it is."}, "Say {link} somewhere"),
        ({"text": "{link} for {name}"}, "There is no {name}"),
        ({"subject": "{nobody}"}, "There is no {nobody}"),
        ({"subject": ""}, "This is required."),
        ({"whom": "nobody"}, "Choose one of these"),
    ],
)
def test_words_that_would_not_do_come_back_as_they_were_typed(organiser, stands, wrong, said):
    for path in (f"{PAGE}/preview", PAGE):
        answer = organiser.post(path, **{**WORDS, **wrong})
        assert answer.status_code == 400
        assert said in answer.text
        for name in ("subject", "text"):
            assert {**WORDS, **wrong}[name] in answer.text
    assert link_mails.mails().page.total == 0


def test_to_nobody_is_said(organiser, app):
    factories.company("Silent")
    answer = organiser.post(f"{PAGE}/preview", **WORDS)
    assert answer.status_code == 400
    assert "None of these companies has an address." in answer.text


def test_back_from_the_preview_nothing_typed_is_lost(organiser, stands):
    page = organiser.post(f"{PAGE}/preview", **WORDS, back="1").text
    assert "Hello {company}" in page
    assert re.search(r'value="all" checked', page)


def test_where_no_mail_is_set_up_the_page_says_so_and_offers_the_file(organiser, app, stands):
    assert "Each company gets its link" in organiser.get("/admin/companies/links").text
    app.config["SMTP_URL"] = ""
    page = organiser.get(PAGE).text
    assert "No mail is sent from here" in page
    assert 'href="/admin/companies/links"' in page[page.index("No mail is sent") :]
    assert 'name="subject"' not in page
    assert "No mail is sent from here" in organiser.get("/admin/companies/links").text
    assert organiser.post(PAGE, **WORDS, asked_at=0).status_code == 303
    assert link_mails.mails().page.total == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_usual_words_have_all_places_by_the_names_of_the_page(app, organiser, language):
    with app.test_request_context(headers={"Accept-Language": language}):
        subject, text = view._usual_words()
        hint = gettext(
            "In subject and text each mail has its own {company}, {stand}, {hall}, {link}, {fair} "
            "and {days}."
        )
    assert places(hint) == set(Place)
    assert places(subject + text) == set(Place) - {Place.HALL}
    values = {each: each.upper() for each in Place}
    assert "{" not in filled(subject + text + hint, values)


def test_where_the_password_was_not_given_lately_it_is_asked_for_and_the_words_kept(
    organiser, stands, time
):
    time.pass_(minutes=11)
    answer = organiser.post(f"{PAGE}/preview", **WORDS)
    assert 'name="again_password"' in answer.text
    assert "Hello {company}" in answer.text
