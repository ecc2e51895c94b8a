"""Every page, answer and file speaks the language that was asked for, and no other."""

import csv
import re
from io import StringIO

import pytest

from jobfair.domain.state import Phase
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from jobfair.wording.language import LANGUAGES
from tests.support import every_page, factories
from tests.wording.page_words import said, strange

ENDS_THE_VISIT = re.compile("delete|logout|link|password|active")
"""What is done last, for afterwards others cannot be tried."""

AUDIENCES = ("nobody", "student called", "organiser")

SAYS_BOTH = ("/offline", "/admin/emergency/pause-companies")
"""The page without a connection, and the one with the words for an alarm."""

FORM = {
    "status": "paused",
    "name": "Zznew",
    "slots": "1",
    "text": "Zzmessage",
    "audience": "queue",
    "company": "Zzacme",
    "first_name": "Zzanna",
    "last_name": "Zzmartin",
    "email": "zzanna@example.org",
    "password": factories.PASSWORD,
}
"""Enough for most forms to be accepted."""


@pytest.fixture
def visits(visits):
    """All but those of which others read something, in whichever language."""
    return [visit for visit in visits if visit.path not in SAYS_BOTH]


def words_of(answer):
    if answer.mimetype == "text/csv":
        text = answer.data.decode("utf-8-sig")
        separator = ";" if ";" in text.splitlines()[0] else ","
        return [cell for row in csv.reader(StringIO(text), delimiter=separator) for cell in row]
    if answer.mimetype == "application/gzip":
        return []
    return said(answer.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page(visits, ask, language):
    complaints = {}
    assert len(visits) > 50
    for visit in visits:
        answer = ask(visit.who, visit.path, language)
        assert f'<html lang="{language}">' in answer.text, visit
        complaints[visit] = strange(words_of(answer), language)
    assert not (wrong := {at: words for at, words in complaints.items() if words}), wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.CLOSED])
def test_what_is_said_before_and_after_the_fair(visits, ask, language, phase):
    fair.set_phase(actors.SYSTEM, phase)
    for visit in visits:
        if visit.path == "/admin/" or not visit.path.startswith("/admin/"):
            assert not strange(words_of(ask(visit.who, visit.path, language)), language), visit


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file(app, shown, ask, language):
    for rule in every_page.files(app):
        for path in every_page.addresses(rule, shown.values):
            for query in ("", "?all=1"):
                cells = words_of(ask("organiser", path + query, language))
                assert len(cells) > 10
                assert not strange(cells, language), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_to_a_form(app, shown, ask, language):
    """Refusals, toasts and what is wrong with a field, sent by the first who may."""
    forms = every_page.rules(app, "POST")
    forms.sort(key=lambda rule: bool(ENDS_THE_VISIT.search(rule.rule)))
    complaints = {}
    heard = set()
    for rule in forms:
        if rule.endpoint == "auth.language":
            continue
        for path in every_page.addresses(rule, shown.values):
            who = next(
                (each for each in AUDIENCES if may_send(ask, each, path, language)), AUDIENCES[0]
            )
            for sent in ({}, FORM):
                words = spoken(ask, who, path, language, sent)
                heard.update(words)
                complaints[path, bool(sent)] = strange(words, language)
    assert len(heard) > 200
    assert not (wrong := {at: words for at, words in complaints.items() if words}), wrong


def may_send(ask, who, path, language):
    answer = ask(who, path, language, "POST", FRAGMENTS)
    return answer.status_code not in (401, 403)


def spoken(ask, who, path, language, form):
    """What is said to a form, as fragments, or on the page that it leads to."""
    answer = ask(who, path, language, "POST", FRAGMENTS, data=form)
    if answer.status_code == 303:
        answer = ask(who, answer.location, language)
    return words_of(answer)


@pytest.mark.parametrize(("page", "language"), [("fr", "en"), ("en", "fr")])
def test_the_other_language_would_be_noticed(visits, ask, page, language):
    for visit in visits[::6]:
        assert strange(words_of(ask(visit.who, visit.path, page)), language), visit
