"""Each column of each table says what it holds about people, and each such thing has a sentence."""

from collections import Counter

import pytest
from flask_babel import force_locale

from jobfair.extensions import db
from jobfair.models import Data, JournalRow, Note, Student, User
from jobfair.queries.student import own_data
from jobfair.wording.stored_data import SENT_ON, STORED

MODELS = sorted(
    (each.class_ for each in db.Model.registry.mappers), key=lambda model: model.__name__
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_says_what_it_holds(model):
    declared = Counter(name for names in model.holds.values() for name in names.split())
    assert declared == Counter(model.__table__.columns.keys()), (
        f"say in {model.__name__}.holds what each column holds about people"
    )


def test_everything_that_is_held_has_its_sentence_and_nothing_else_has():
    held = {data for model in MODELS for data in model.holds}
    assert held - {Data.NOTHING} == set(STORED) == set(Data) - {Data.NOTHING}


def test_every_table_that_holds_something_of_a_student_is_in_their_copy():
    elsewhere = {User, Student, JournalRow}
    copied = {model for model, _query in own_data.SECTIONS.values()} | elsewhere
    assert copied == {model for model in MODELS if own_data.copied(model)}
    assert own_data.copied(Note) == []


def test_every_sentence_is_french_too(app):
    words = [each for words in (*STORED.values(), *SENT_ON) for each in _said(words)]
    with app.test_request_context(), force_locale("en"):
        english = [str(each) for each in words]
    with app.test_request_context(), force_locale("fr"):
        french = [str(each) for each in words]
    assert not set(english) & set(french)


def _said(words):
    return [each for each in (words.what, words.why, words.not_copied) if each is not None]
