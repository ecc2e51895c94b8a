"""No line ends within «…»: whatever is written in the sources and in the catalogue."""

import re

import pytest
from flask_babel import force_locale
from flask_babel import gettext as _

from jobfair.wording.guillemets import kept_together
from jobfair.wording.language import LANGUAGES
from tests.wording.test_catalogue import catalogue, literal, placeholders

TORN = re.compile(r"«(?!\u202f\S)|(?<!\S\u202f)»")


@pytest.mark.parametrize("words", ["«Je suis là»", "« Je suis là »", "«\u00a0Je suis là\u202f»"])
def test_however_they_are_written_a_narrow_space_holds_quotes(words):
    assert kept_together(f"touchez {words} ici") == "touchez «\u202fJe suis là\u202f» ici"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_holds_its_quotes(app, language):
    """By Python and by templates, every message that has some."""
    quoting = [id_ for id_ in catalogue() if isinstance(id_, str) and "«" in id_]
    assert len(quoting) > 8
    with app.test_request_context(), force_locale(language):
        for words in quoting:
            values = dict.fromkeys(placeholders(words), "x")
            template = app.jinja_env.from_string(f"{{{{ _({literal(words)}, **values) }}}}")
            for said in (_(words, **values), template.render(values=values)):
                assert not TORN.search(said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_every_page(visits, ask, language):
    seen = 0
    for visit in visits:
        text = ask(visit.who, visit.path, language).text
        assert not TORN.search(text), visit
        seen += "«" in text
    assert seen > 3
