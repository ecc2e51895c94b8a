"""The French catalogue: every word that the sources say, as they say it now, and nothing else.

A test and not a step of `make lint`, so that it names each word that lacks something.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask_babel import force_locale, ngettext

from jobfair.wording.language import LANGUAGES
from jobfair.wording.queues import turns

PROJECT = Path(__file__).parents[2]
FRENCH = PROJECT / "jobfair/translations/fr/LC_MESSAGES"
LONG = 30
"""A sentence of more letters than that stands in no other by chance."""
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def forms(texts):
    """One or several texts, as several: a message that is counted has one for each number."""
    return (texts,) if isinstance(texts, str) else tuple(texts)


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


@cache
def catalogue():
    """What is translated: the messages by what stands in the sources."""
    with (FRENCH / "messages.po").open("rb") as file:
        return {message.id: message for message in read_po(file, "fr") if message.id}


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """What the sources say, collected as `make messages` does."""
    path = tmp_path_factory.mktemp("words") / "messages.pot"
    collect = f"pybabel -q extract -F {PROJECT}/pyproject.toml -k lazy_gettext -o {path}"
    CommandLineInterface().run([*collect.split(), str(PROJECT / "jobfair")])
    with path.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


def test_it_has_every_word_of_the_sources_and_no_other(sources):
    assert len(sources) > 500
    missing, obsolete = sources - catalogue().keys(), catalogue().keys() - sources
    assert not missing, f"run `make messages` and translate: {missing}"
    assert not obsolete, f"run `make messages`: {obsolete}"


def test_one_apostrophe_is_used_throughout():
    curly = [
        each for each in catalogue().values() if any("’" in text for text in forms(each.string))
    ]
    assert not curly, f"write ' as all others do: {[each.string for each in curly]}"


def test_no_translation_says_itself_twice_or_holds_another_sentence():
    """As merging two lines of work can leave it."""
    sentences = [each for each in catalogue() if isinstance(each, str) and len(each) > LONG]
    for message in catalogue().values():
        for text in filter(None, forms(message.string)):
            assert text not in (text + text)[1:-1], message.id
            strange = [each for each in sentences if each in text and each not in message.id]
            assert not strange, message.id


def test_every_word_is_translated_and_none_is_a_guess():
    for message in catalogue().values():
        assert all(forms(message.string)), message.id
        assert not message.fuzzy, message.id


def test_a_translation_is_filled_in_with_the_same_things():
    for message in catalogue().values():
        *singular, last = forms(message.id)
        wanted = placeholders(last)
        for number, translation in enumerate(forms(message.string)):
            # «Une personne» need not say 1, neither in English nor in French.
            optional = {"num"} if singular and number == 0 else set()
            assert wanted - optional <= placeholders(translation) <= wanted, message.id
        assert not list(message.check()), message.id


def test_what_is_counted_has_a_form_for_one_and_for_several():
    for message in catalogue().values():
        assert len(forms(message.id)) == len(forms(message.string)), message.id


def test_what_is_read_is_what_was_translated():
    with (FRENCH / "messages.mo").open("rb") as file:
        compiled = {forms(each.id): forms(each.string) for each in read_mo(file) if each.id}
    translated = {forms(each.id): forms(each.string) for each in catalogue().values()}
    assert compiled == translated, "run `make messages`"


NUMBERS = {"fr": ("one", "one", "more"), "en": ("more", "one", "more")}
"""French counts nobody as one person, English as several."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_and_templates_count_alike(app, language):
    """Every message that is counted, with 0, 1 and 2."""
    counted = [message for message in catalogue().values() if message.pluralizable]
    assert len(counted) > 30
    with app.test_request_context(), force_locale(language):
        for message in counted:
            one, more = message.string if language == "fr" else message.id
            shown = template(app, message.id)
            for number, form in enumerate(NUMBERS[language]):
                values = dict.fromkeys(placeholders(more) - {"num"}, 7)
                said = {"one": one, "more": more}[form] % {**values, "num": number}
                assert ngettext(*message.id, number, **values) == said
                assert shown.render(n=number, values=values) == said


def template(app, message_id):
    one, more = message_id
    return app.jinja_env.from_string(
        f"{{% autoescape false %}}{{{{ ngettext({literal(one)}, {literal(more)}, n, **values) }}}}"
        "{% endautoescape %}"
    )


def literal(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Vous êtes le prochain", "1 personne avant vous", "2 personnes avant vous"]),
        ("en", ["You are next", "1 person ahead of you", "2 people ahead of you"]),
    ],
)
def test_a_student_is_told_how_many_are_ahead(app, language, said):
    with app.test_request_context(), force_locale(language):
        assert [turns.people_ahead(number) for number in range(3)] == said


def test_nobody_is_two_words_at_once():
    """«Appelé(e)» cannot be read aloud: what is said finds other words, or a general one."""
    said = [each for message in catalogue().values() for each in forms(message.string)]
    assert [each for each in said if re.search(r"\w(\(\w{1,3}\)|[·•]e)", each)] == []


def test_french_says_vous_to_everybody():
    """Neither a pronoun nor an order says «tu»."""
    familiar = re.compile(
        r"(?i:\b(tu|toi|ton|ta|tes|te)\b|\bt')|\b(Attends|Choisis|Dis|Fais|Mets|Prends|Reviens)\b"
    )
    said = [each for message in catalogue().values() for each in forms(message.string)]
    assert [each for each in said if familiar.search(each)] == []
