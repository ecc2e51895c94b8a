"""Every time that is shown or taken away is that of the fair, wherever the fair is."""

import re
from datetime import UTC, datetime

import pytest

from jobfair import clock
from jobfair.wording.language import LANGUAGES
from tests.support import every_page

NINE = datetime(2026, 11, 23, 9, 7, tzinfo=UTC)
SHOWN = {"14:37", "14:42", "14:30", "14:00"}
"""09:07 in Kolkata, when a call made then has run out, and the quarter and the hour that it falls
into. The chart's axis is left out: it holds the hours before, too."""

PLANNED = {f"{hour:02d}:00" for hour in range(9, 18)}
"""The hours of a rehearsal: no moments, but the times of day at which the fair is."""

# Neither behind a T, in what a program reads, nor a length in seconds, 0:00:00.
TIME = re.compile(r"(?<![T\d:])(\d{1,2}:\d{2})(?=:00\b|(?![\d:]))(?!:00:)")


@pytest.fixture
def config():
    return {"BABEL_DEFAULT_TIMEZONE": "Asia/Kolkata"}


@pytest.fixture(autouse=True)
def nine(monkeypatch):
    """Everything happens at one moment, so that there is one time to be shown."""
    monkeypatch.setattr(clock, "now", lambda: clock._fixed.get() or NINE)
    monkeypatch.setattr("tests.support.showcase._ago", lambda minutes: clock.at(NINE))


def times(answer):
    text = re.sub(r"<(meta|pre|code).*?>|<text class=.hour.*?</text>", "", answer.data.decode())
    return {time for time in TIME.findall(text) if time != "0:00"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_every_page(visits, ask, language):
    """By 24 hours in English too."""
    seen = set()
    for visit in visits:
        if "=never" in visit.path or visit.path == "/api/docs/":
            continue  # says what a time looks like, by an example
        found = times(ask(visit.who, visit.path, language))
        if visit.path.startswith("/admin/rehearsal"):
            found -= PLANNED - SHOWN
        assert found <= SHOWN, visit
        seen |= found
    assert seen == SHOWN


def test_in_every_file(app, shown, ask):
    for rule in every_page.files(app):
        for path in every_page.addresses(rule, shown.values):
            assert times(ask("organiser", path)) == {"14:37"}, path


def test_for_a_program_it_is_in_utc(ask):
    entries = ask("student called", "/api/queues/", accept="application/json").json
    assert {entry["created_at"] for entry in entries} == {"2026-11-23T09:07:00Z"}
