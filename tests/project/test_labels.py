"""What the documents call a button is what stands on it, in both languages."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.project.test_documents import DOCUMENTS, PROJECT

CATALOGUE = PROJECT / "jobfair/translations/fr/LC_MESSAGES/messages.po"
BOTH = re.compile(r"\*([^*\n]+)\*\s\(\*([^*]+)\*\)")
ONE = re.compile(r"(?<![*\w(])\*([^*\s][^*\n]+)\*(?![*\w])")
PLACE = re.compile(r"%\(\w+\)[ds]")


def plain(words):
    """Without what differs inside a sentence: a number, a capital, the end of a line."""
    words = " ".join(PLACE.sub("…", words).split())
    return words[:1].lower() + words[1:]


@pytest.fixture(scope="module")
def french():
    """The French of each label; more than one where a number decides."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    found = {}
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for words in ids:
            found.setdefault(plain(words), set()).update(map(plain, texts))
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_label_in_both_languages_is_one_of_the_pages(document, french):
    for english, words in BOTH.findall(document.read_text()):
        known = [texts for label, texts in french.items() if label.endswith(plain(english))]
        assert any(text.endswith(plain(words)) for texts in known for text in texts), (
            english,
            words,
        )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_label_is_named_in_french_alone(document, french):
    own = {text for label, texts in french.items() for text in texts if text and text != label}
    alone = {plain(each) for each in ONE.findall(document.read_text())}
    assert alone & own - french.keys() == set()
