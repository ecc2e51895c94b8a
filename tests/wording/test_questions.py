"""No question leaves its reader in doubt: it names its thing, and its answers differ at once."""

import re
from html import unescape

import pytest

from jobfair.wording.language import LANGUAGES
from tests.support.showcase import TYPED

FORM = re.compile(r"<form[^>]* hx-confirm=\"([^\"]*)\"([^>]*)>(.*?)</form>", re.DOTALL)
LABEL = re.compile(r"<button[^>]*type=\"submit\".*?<span[^>]*>(.*?)<", re.DOTALL)
NO = re.compile(r"<dialog id=\"question\".*?<button[^>]*value=\"\".*?<span>(.*?)</span>", re.DOTALL)


def questions(page):
    """Each question of a page, with the words that agree to it."""
    for words, more, content in FORM.findall(page):
        own = re.search(r'data-yes="([^"]*)"', more)
        yes = own or LABEL.search(content)
        yield unescape(words), unescape(yes.group(1)).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question(visits, ask, language):
    asked = {}
    for visit in visits:
        page = ask(visit.who, visit.path, language).text
        no = NO.search(page)
        for words, yes in questions(page):
            asked[words, yes] = unescape(no.group(1)).split()[0]
    assert len(asked) > 15
    alike = {each for each, no in asked.items() if each[1].split()[0] == no}
    assert not alike
    unclear = {each for each in asked if TYPED in each[1].casefold()}
    assert not unclear, "the answer is a name, not what is done"
    nameless = {words for words, _yes in asked if TYPED not in words.casefold()}
    # To leave every queue is of all that somebody has: there is nothing to name.
    assert len(nameless) <= 1, nameless
