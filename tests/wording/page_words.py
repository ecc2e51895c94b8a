"""What a page says, and which of it no catalogue knows."""

import re
from functools import cache
from html.parser import HTMLParser

from babel import Locale

from jobfair.wording.guillemets import kept_together
from tests.support.showcase import TYPED
from tests.wording.test_catalogue import PLACEHOLDER, catalogue, forms

SPOKEN = (
    *("alt", "aria-label", "label", "title", "placeholder", "hx-confirm"),
    *("data-announce", "data-copied", "data-label", "data-title"),
    *("data-looking", "data-denied", "data-other"),
)
"""Attributes that are read out or shown."""

SILENT = ("script", "style", "code", "pre", "time")
"""Elements whose content is no sentence of ours."""

EVERYWHERE = ("JobFair", "FR", "EN", "CSV", "QR", "A4", "Europe/Paris", "min")


LETTER = r"[^\W\d_]"


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said = []
        self._silent = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        foreign = tag != "html" and "lang" in attributes
        if not foreign and not self._silent:
            self.said += [attributes[name] or "" for name in SPOKEN if name in attributes]
        if tag in SILENT or (foreign and tag != "svg"):
            self._silent.append(tag)

    def handle_endtag(self, tag):
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data):
        if not self._silent:
            self.said.append(data)


def said(html):
    """The sentences of a page or fragment, those for screen readers too."""
    reader = _Reader()
    reader.feed(html)
    return [" ".join(each.split()) for each in reader.said if each.strip()]


def strange(texts, language):
    """Of some sentences what remains, once all is taken away that people typed, all figures, and
    all words that are in the language's catalogue."""
    return [text for text in texts if _remains(text, language)]


@cache
def _remains(text, language):
    # In the hall a name comes with an initial, and the two are one.
    typed_by_people = rf"\S*(?:{TYPED}|://)\S*(?: \w\.)?"
    rest = re.sub(typed_by_people, " ", " ".join(text.split()), flags=re.IGNORECASE)
    # The letter of a stand's device is no word.
    rest = re.sub(r"(?<=: )[A-Z]$", "", rest)
    return re.search(LETTER, _known(language).sub(" ", rest))


@cache
def _known(language):
    words = {word for text in _texts(language) for word in _between_placeholders(text)}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _texts(language):
    for message in catalogue().values():
        yield from forms(message.string if language == "fr" else message.id)
    calendar = Locale(language)
    for names in (calendar.months, calendar.days):
        for width in ("wide", "abbreviated"):
            yield from names["format"][width].values()
    yield from EVERYWHERE


def _between_placeholders(text):
    for part in PLACEHOLDER.sub("\0", kept_together(text)).replace("%%", "%").split("\0"):
        word = " ".join(part.split()).strip(" .,;:!?…()«»·→")
        if re.search(LETTER, word):
            yield word
