"""French elides, whatever a company or a student is called."""

import pytest
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from jobfair.wording.elision import fill

LEFT = "Left the queue of %(company)s"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Alpine Robotique", "d'Alpine Robotique"),
        ("Études & Cie", "d'Études & Cie"),
        ("Œnologie", "d'Œnologie"),
        ("TechCorp", "de TechCorp"),
        ("Huawei", "de Huawei"),
        ("3M", "de 3M"),
        ("", "de "),
    ],
)
def test_before_a_vowel_french_elides(name, said):
    assert fill("la file de %(company)s", {"company": name}) == f"la file {said}"


def test_que_elides_too():
    assert fill("plus que %(name)s", {"name": "Élodie"}) == "plus qu'Élodie"


def test_what_is_filled_into_markup_is_escaped():
    filled = fill(Markup("file de <b>%(name)s</b>, de %(name)s"), {"name": "A<b>"})
    assert filled == "file de <b>A&lt;b&gt;</b>, d'A&lt;b&gt;"
    assert isinstance(filled, Markup)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Départ de la file d'Alpine"), ("en", "Left the queue of Alpine")],
)
def test_sentences_of_python_and_of_templates_elide(app, language, said):
    with app.test_request_context(), force_locale(language):
        assert _(LEFT, company="Alpine") == said
        template = app.jinja_env.from_string(f'{{{{ _("{LEFT}", company=name) }}}}')
        assert template.render(name="Alpine") == said
