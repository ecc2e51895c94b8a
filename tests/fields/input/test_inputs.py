"""What is let in, and the sentence for what is not."""

import string
from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict

from jobfair.fields.input.parsing import Input, Invalid, parse
from jobfair.fields.input.types import CompanyName, Email, Id, Password, line, or_none, whole
from tests.blueprints.rubbish import shapes
from tests.support.chance import seeded


class Sheet(Input):
    email: Email = "a@example.org"
    first_name: line(100) = "Ana"
    password: Password = "12345678"
    name: CompanyName = "TechCorp"
    stand: or_none(line(50)) = None
    slots: whole(1, 100) = 1
    queue_limit: or_none(whole(1, 100_000)) = None
    company: Id = 1


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def from_json(**fields):
    return parse(Sheet, fields)


def from_form(**fields):
    return parse(Sheet, MultiDict(fields))


def test_what_is_no_address_is_refused_in_words():
    assert from_json(email="ana").errors == {
        "email": "Give an e-mail address such as name@example.org."
    }


def test_a_long_wrong_address_costs_no_time():
    assert isinstance(from_json(email="a." * 100 + "@" + "x-" * 20), Invalid)


@pytest.mark.parametrize(
    ("field", "shortest", "longest"),
    [("first_name", 1, 100), ("name", 1, 200), ("stand", 1, 50), ("password", 8, 128)],
)
def test_text_within_its_limits_is_taken(field, shortest, longest):
    # By chance, as a password that anybody would guess is refused.
    typed = "".join(seeded(1).choices(string.ascii_lowercase, k=longest))
    for text in (typed[:shortest], typed):
        assert getattr(from_json(**{field: text}), field) == text
    assert from_json(**{field: "x" * (longest + 1)}).errors == {
        field: f"At most {longest} characters."
    }


def test_a_name_of_blanks_is_no_name():
    for blank in ("", "   ", "\u200b", "\u00a0\u2003", "\u3164", "\uffa0 \u2800"):
        assert from_json(first_name=blank).errors == {"first_name": "This is required."}


def test_a_name_is_as_long_as_the_letters_its_ligatures_stand_for():
    assert from_json(name="\ufb03" * 133).name == "\ufb03" * 133
    assert from_json(name="\ufb03" * 200).errors == {
        "name": "This name is too long once its ligatures are written "
        "as the letters they stand for."
    }


def test_a_password_is_taken_as_it_is_typed():
    assert from_form(password="  kj7#q ").password == "  kj7#q "
    assert from_form(password="1234567").errors == {"password": "At least 8 characters."}


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\u202eb", "a\ud800", "\x7f"])
def test_what_cannot_be_shown_is_refused(text):
    assert list(from_json(first_name=text, name=text).errors) == ["first_name", "name"]


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\t", "\u2028", " \n "])
def test_a_name_is_on_one_line(blank):
    assert from_json(first_name=f"a{blank}b").first_name == "a b"
    assert from_json(stand=f"a{blank}b").stand == "a b"
    assert from_json(email=f"a{blank}@b.org").errors == {
        "email": "Give an e-mail address such as name@example.org."
    }


def test_one_letter_is_one_letter_however_it_was_typed():
    assert from_json(first_name="e\u0301").first_name == "\u00e9"


@pytest.mark.parametrize("figure", ["3", True, 3.0, None, [3], Decimal(3), float("nan")])
def test_in_json_a_figure_is_a_number(figure):
    assert from_json(slots=figure).errors == {"slots": "Give a whole number."}


def test_in_a_form_a_figure_is_text():
    assert from_form(slots="3", queue_limit="10").slots == 3
    assert from_form(slots="three").errors == {"slots": "Give a whole number."}
    assert from_form(slots="9" * 5000).errors == {"slots": "This number is too large."}


def test_figures_keep_within_their_limits():
    assert from_json(slots=0).errors == {"slots": "At least 1."}
    assert from_json(slots=101).errors == {"slots": "At most 100."}
    assert from_json(queue_limit=100_001).errors == {"queue_limit": "At most 100000."}


def test_what_is_left_blank_may_be_none():
    sheet = from_form(queue_limit=" ", stand="  ")
    assert (sheet.queue_limit, sheet.stand) == (None, None)


def test_an_id_that_no_database_holds_is_refused():
    assert "company" in from_json(company=2**31).errors
    assert from_json(company=2**31 - 1).company == 2**31 - 1


def test_text_is_text():
    assert from_json(first_name=3, email=None, stand=["A"]).errors == {
        "first_name": "This must be text.",
        "email": "This must be text.",
        "stand": "This must be text.",
    }


NEVER_STORED = {
    *("password", "current_password", "new_password", "refresh", "code", "q"),
    *("typed_name", "secret"),
}
"""Hashed, a token that is read by its signature, or a word that is compared here alone."""


def test_no_text_that_is_stored_may_hold_a_nul(app):
    """PostgreSQL stores none; each field of each shape of input, by itself."""
    taken = set()
    for shape in shapes():
        for name in (field.alias or name for name, field in shape.model_fields.items()):
            parsed = parse(shape, {name: "a\0b@example.org"})
            if not (isinstance(parsed, Invalid) and name in parsed.errors):
                taken.add(name)
    assert taken <= NEVER_STORED
