"""Words are put into the templates once for each language, and say the same as before."""

import pytest
from flask import render_template_string
from flask_babel import force_locale


@pytest.mark.parametrize(
    ("template", "french", "english"),
    [
        ('{{ _("Leave") }}', "Quitter", "Leave"),
        ('{{ _("after %(name)s", name=name) }}', "après &lt;b&gt;", "after &lt;b&gt;"),
        ('{{ _("No such message, 100%%") }}', "No such message, 100%", "No such message, 100%"),
        ('{{ ngettext("person ahead", "people ahead", 0) }}', "personne devant", "people ahead"),
        ('{{ ngettext("person ahead", "people ahead", 1) }}', "personne devant", "person ahead"),
        ('{{ ngettext("person ahead", "people ahead", 2) }}', "personnes devant", "people ahead"),
        ('{% set word = "Leave" %}{{ _(word) }}', "Quitter", "Leave"),
    ],
)
def test_a_template_in_both_languages(app, template, french, english):
    name = "<b>"
    escaped = "{% autoescape true %}" + template + "{% endautoescape %}"
    with app.test_request_context():
        for language, words in (("fr", french), ("en", english), ("fr", french)):
            with force_locale(language):
                assert render_template_string(escaped, name=name) == words


def test_a_page_speaks_the_language_of_each_who_asks(client):
    for language, word in (("fr", "Connexion"), ("en", "Sign in"), ("fr", "Connexion")):
        assert word in client.get("/login", headers={"Accept-Language": language}).text
