"""A colour that cannot be read on the page is refused, with the contrast that it has."""

from pathlib import Path

import pytest

import jobfair
from jobfair.fields.fair import colours
from jobfair.fields.fair.fair import DETAILS
from jobfair.fields.input.declaration import in_edit, shape
from jobfair.fields.input.parsing import Input, Invalid, parse

Details = shape("Details", DETAILS, in_edit, Input)


def test_contrast_is_that_of_the_standard():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#ffffff", "#777777") == colours.contrast("#777777", "#ffffff")


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("colour", "1B4AA0", "#1b4aa0"),
        ("colour", "#13633a", "#13633a"),
        ("colour_dark", "#A4C2FF", "#a4c2ff"),
        ("colour", "", None),
    ],
)
def test_what_can_be_read_is_taken(app, field, typed, kept):
    with app.test_request_context():
        assert getattr(parse(Details, {field: typed}), field) == kept


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("colour", "#ffc728", "1.2 to 1"),
        ("colour", "#737373", "3.8 to 1"),
        ("colour_dark", "#1b4aa0", "1.7 to 1"),
        ("colour", "blue", "Give a colour such as"),
        ("colour", "#12345", "Give a colour such as"),
        ("colour", "url(x)", "Give a colour such as"),
    ],
)
def test_what_cannot_is_refused_in_words(app, field, typed, said):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        refused = parse(Details, {field: typed})
        assert isinstance(refused, Invalid)
        assert said in refused.errors[field]


def test_the_grounds_are_those_of_the_pages():
    tokens = (Path(jobfair.__file__).parent / "static/tokens.css").read_text()
    for ground in (*colours.LIGHT_GROUNDS, *colours.DARK_GROUNDS):
        assert f": {ground};" in tokens
