"""Words are put into the templates once for each language, and say the same as before."""

import re
from pathlib import Path

import pytest
from flask import render_template, render_template_string
from flask_babel import force_locale
from jinja2 import DictLoader, pass_context

import jobfair
from jobfair.live import fragments


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


def test_an_icon_by_its_name_is_the_same_as_one_by_a_variable(app):
    imported = '{% autoescape true %}{% from "layout/_macros.html" import icon %}'
    with app.test_request_context():
        by_name = render_template_string(imported + '{{ icon("clock") }}{% endautoescape %}')
        by_variable = render_template_string(
            imported + "{{ icon(name) }}{% endautoescape %}", name="clock"
        )
    assert by_name == by_variable
    assert '<use href="#i-clock"/>' in by_name


def test_what_wants_the_context_gets_it(app):
    app.jinja_env.globals["shown"] = pass_context(lambda context, name: context[name])
    with app.test_request_context():
        assert render_template_string('{{ shown("word") }}', word="Leave") == "Leave"


@pytest.mark.parametrize("edited", [False, True])
def test_a_partial_is_the_same_in_its_place_as_by_itself(app, monkeypatch, edited):
    """It has the blanks around it, sees what its page sets, and its page nothing that it sets."""
    sources = {
        "page.html": '{% set word = 1 %}[ {% include "a" %} {%- include "a" -%} ]'
        "{{ word }}{{ own }}",
        "a": "{#- first -#} {% set own = word %}{% set word = 2 %}{{ own }}{{ word }}\n",
    }
    monkeypatch.setattr(app.jinja_env.loader, "_loader", DictLoader(sources))
    monkeypatch.setattr(app.jinja_env, "auto_reload", edited)
    with app.test_request_context():
        assert render_template("page.html") == "[ 1212]1"


def test_a_page_speaks_the_language_of_each_who_asks(client):
    for language, word in (("fr", "Connexion"), ("en", "Sign in"), ("fr", "Connexion")):
        assert word in client.get("/login", headers={"Accept-Language": language}).text


def test_what_is_kept_is_rendered_once_for_each_language(app, monkeypatch):
    rendered = []
    render = fragments.fragment
    monkeypatch.setattr(
        fragments, "fragment", lambda *given: rendered.append(given[0]) or render(*given)
    )
    fragments.init_app(app)
    for language, words in (("fr", "personnes devant"), ("en", "people ahead")):
        with app.test_request_context(), force_locale(language):
            for _ in range(3):
                assert words in fragments.cached_partial("student/_ahead.html", ahead=2, wait=None)
    assert rendered == ["student/_ahead.html"] * 2


def test_nothing_is_kept_that_holds_a_visitors_own_token():
    """A form of somebody who is signed in has one, and would be given to somebody who comes next.

    A stand's forms have none: its link is what they prove.
    """
    folder = Path(jobfair.__file__).parent
    sources = [each.read_text() for each in (*folder.rglob("*.html"), *folder.rglob("*.py"))]
    kept = {
        name for source in sources for name in re.findall(r'\bcached_partial\(\s*"([^"]+)"', source)
    }
    assert "student/_ahead.html" in kept
    for name in kept:
        source = (folder / "templates" / name).read_text()
        assert name.startswith("stand/") or not re.search(r"form|csrf|include", source), name
