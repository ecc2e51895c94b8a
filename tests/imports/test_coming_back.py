"""What an export wrote comes back unchanged: every field, whatever is in it, in each format."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import update
from werkzeug.datastructures import MultiDict

from jobfair.extensions import db
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.fields.students.introductions import SHOWN
from jobfair.imports import comparing, importing, mapping, uploads
from jobfair.imports.layouts import LAYOUTS
from jobfair.models import Company, Student, User
from jobfair.unit_of_work import actors
from jobfair.web.rendering.table_files import FORMATS
from tests.support import factories

ADMIN = actors.admin(1)
COMPARE = {"students": comparing.compare_students, "companies": comparing.compare_companies}
IMPORT = {"students": importing.import_students, "companies": importing.import_companies}

ODD = [
    "=1+1", "@Home", "-1", "+33 1", "'-", "''=x", "\N{FULLWIDTH EQUALS SIGN}x", "007", "1e5", "1,5",
    "1/2", "2026-11-30", "TRUE", 'Say "hi"', "a;b", "a|b", "a\tb", "L'Oréal", "Œuvre", "N/A", "–",
    "_x0041_", "&amp;", "<b>", "🎓", "مرحبا", "sep=;", "Nom", "E-mail", "%s", "\\n",
]  # fmt: skip
LINES = ["Deux\nlignes", '"\n;\n"', "=1\n+2"]
TEXT = some.sampled_from(ODD) | some.text(min_size=1, max_size=12)
FIELDS = {
    "email": some.integers(0, 10**6).map(lambda n: f"a{n}@example.org"),
    "contact": some.sampled_from(["", "rh@acme.example"]),
    "slots": some.integers(1, 100).map(str),
    "queue_limit": some.just("") | some.integers(1, 100_000).map(str),
    "description": some.just("") | TEXT | some.sampled_from(LINES),
    "link": some.just("") | some.sampled_from(["https://a.example/?q=1;2|3", "https://é.example/"]),
    **dict.fromkeys(("looking_for", "seeking"), some.sampled_from(["", "phd", "job, internship"])),
    **dict.fromkeys(("first_name", "last_name", "name"), TEXT),
}
"""What may be typed into a field; into the others anything."""


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def typed(layout):
    """Lines as somebody types them into forms, each about somebody else."""
    line = some.fixed_dictionaries(
        {each.name: FIELDS.get(each.name, some.just("") | TEXT) for each in layout.fields}
    )
    return some.lists(line, min_size=1, max_size=12)


def valid(layout, lines):
    """The cards of those lines that a form would take, one for each key."""
    parsed = [parse(layout.shape, MultiDict(each)) for each in lines]
    cards = [layout.card(**each.model_dump()) for each in parsed if not isinstance(each, Invalid)]
    return list({layout.key_of(each): each for each in cards}.values())


def emptied():
    with db.engine.begin() as connection:
        connection.execute(Company.__table__.delete())
        connection.execute(Student.__table__.delete())
        connection.execute(User.__table__.delete().where(User.role == "student"))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("what", LAYOUTS)
def test_what_an_export_wrote_comes_back(app, client, what, suffix, language):
    factories.admin().sign_in(client)
    layout = LAYOUTS[what]

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(typed(layout))
    def comes_back(lines):
        emptied()
        cards = valid(layout, lines)
        if not cards:
            return
        IMPORT[what](ADMIN, cards, COMPARE[what](cards).promise)
        with db.engine.begin() as connection:
            # Of an introduction an export has what is shown.
            connection.execute(update(Student).values({SHOWN: True}))
        headers = {"Accept-Language": language}
        file = client.get(f"/admin/exports/{what}.{suffix}", headers=headers, buffered=True).data
        table = uploads.open_file(file).table
        upload = uploads.read(table, layout, mapping.guessed(layout, table))
        assert not upload.bad
        assert sorted(upload.cards, key=repr) == sorted(cards, key=repr)
        compared = COMPARE[what](upload.cards, upload.given, frozenset())
        assert not compared.does_something

    comes_back()
