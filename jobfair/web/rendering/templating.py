"""Compiles each template once per language, with the translations already in it.

Looking up some forty translations while a page is rendered took a quarter of its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.support import Translations
from flask.sansio.app import App
from flask.templating import Environment
from flask_babel import get_domain
from jinja2 import BaseLoader, Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup

from jobfair import clock
from jobfair.fields.companies import companies, company_profiles, notes
from jobfair.fields.fair import fair
from jobfair.fields.input.edits import SEEN
from jobfair.fields.queues import door_signs as door_sign_fields
from jobfair.fields.students import introductions, students
from jobfair.queries.fair import fair_identity
from jobfair.services import mail
from jobfair.web.pages import kept_list
from jobfair.web.rendering import compiled_templates
from jobfair.wording import language, monograms
from jobfair.wording.access import roles
from jobfair.wording.elision import fill
from jobfair.wording.fair import sign_up
from jobfair.wording.fair.fair_days import fair_days
from jobfair.wording.guillemets import kept_together
from jobfair.wording.queues import door_signs, turns, waits
from jobfair.wording.queues import stands as stand_words
from jobfair.wording.times import lengths

FILLED, COUNTED = "filled", "counted"
REPLACED = ("_", "ngettext", "icon")

ICON = Markup('<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>')


class _PlainContext(Context):
    """Calls functions that need no context without searching for a way to pass one: a page has 150
    calls."""

    def call(
        self,
        called: Callable[..., Any],
        *args: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **values: Any,
    ) -> Any:
        if hasattr(called, "jinja_pass_arg"):
            given = {"_loop_vars": _loop_vars, "_block_vars": _block_vars}
            return super().call(called, *args, **given, **values)
        return called(*args, **values)


_INCLUDE, _END = re.compile(r'(\{%-?) include "([^"]+)" (-?%\})'), "\n"


class TranslatedEnvironment(Environment):
    """Finds a template in the language of the request: `fr/layout/base.html`."""

    context_class = _PlainContext

    def __init__(self, app: App, **options: Any) -> None:
        loader = _AnyLanguage(app.create_global_jinja_loader())
        options["bytecode_cache"] = compiled_templates.kept_in(
            Path(app.instance_path) / "templates"
        )
        # Without a bound: a bounded cache moves each used template to the end of a list.
        super().__init__(app, loader=loader, cache_size=-1, **options)
        self.add_extension(_Translation)
        self.globals |= {FILLED: _filled, COUNTED: _counted, "drawn": _drawn, "clock": clock}
        self.globals |= {"company_fields": companies, "student_fields": students}
        self.globals |= {
            "profile_fields": company_profiles,
            "monograms": monograms,
            "lengths": lengths,
            "turn_words": turns,
            "waits": waits,
            "stand_words": stand_words,
        }
        self.globals |= {"introduction_fields": introductions, "note_fields": notes}
        self.globals |= {"door_sign_fields": door_sign_fields, "door_signs": door_signs}
        self.globals |= {"fair_fields": fair, "SEEN": SEEN, "sign_up_modes": sign_up.MODES}
        self.globals |= {"the_fair": fair_identity.current, "fair_days": fair_days}
        self.globals["list_address"] = kept_list.address
        self.globals["addresses_are_proved"] = lambda: mail.is_configured()
        self.globals |= {"role_name": roles.role_name, "role_duty": roles.role_duty}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        if isinstance(name, str):
            spoken = parent.partition("/")[0] if parent else language.current()
            name = f"{spoken}/{name}"
        return super().get_template(name, parent, globals)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A template's globals. Jinja copies them for each partial; a plain dict is faster."""
        return super().make_globals(d) if d else self.globals


class _AnyLanguage(BaseLoader):
    """The source of a template in any language. Included templates are inserted: a page has thirty
    partials, and Jinja would make a context for each."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Any, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        name = template.partition("/")[2]
        source, filename, is_current = self._loader.get_source(environment, name)
        # While somebody edits the partials, each stays a template of its own.
        if environment.auto_reload:
            return source, filename, is_current

        def inlined(include: re.Match[str]) -> str:
            before, name, after = include.groups()
            partial, *_ = self.get_source(environment, f"/{name}")
            # Jinja drops the last end of line of a template.
            return f"{before} with %}}{partial.removesuffix(_END)}{{% endwith {after}"

        return _INCLUDE.sub(inlined, source), filename, is_current


class _Translation(Extension):
    """Replaces literal messages by their translations, and icons by their SVG.

    `_("Leave")` becomes `("Quitter"|safe)`. Values are filled in later:
    `_("after %(name)s", name=x)` becomes `filled("après %(name)s", name=x)`, and
    `ngettext("seat", "seats", n)` becomes `counted("fr", "place", "places", n)`.

    In the same way `icon("clock")` becomes the icon itself.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        tokens = list(stream)
        translations = get_domain().get_translations()
        at = 0
        while at < len(tokens):
            length = 1
            if tokens[at].value in REPLACED:
                length, call = _replaced(tokens[at : at + 6], translations)
                yield from (Token(tokens[at].lineno, *each) for each in call)
            else:
                yield tokens[at]
            at += length


def _replaced(
    tokens: Sequence[Token], translations: Translations
) -> tuple[int, list[tuple[str, str]]]:
    """How many of the first tokens are replaced, and by what."""
    kinds, values = [each.type for each in tokens], [each.value for each in tokens]
    match values[0], kinds[1:4]:
        case "_", ["lparen", "string", "rparen"]:
            words = translations.ugettext(values[2]) % {}
            return 4, _said(words)
        case "_", ["lparen", "string", "comma"]:
            words = translations.ugettext(values[2])
            return 3, [("name", FILLED), ("lparen", "("), *_said(words)]
        case "ngettext", ["lparen", "string", "comma"] if kinds[4:] == ["string", "comma"]:
            forms = [translations.ungettext(values[2], values[4], number) for number in (1, 2)]
            call = [("name", COUNTED), ("lparen", "("), ("string", language.current())]
            for form in forms:
                call += [("comma", ","), *_said(form)]
            return 5, call
        case "icon", ["lparen", "string", "rparen"]:
            return 4, _safe(str(_drawn(values[2])))
        case _:
            return 1, [(kinds[0], values[0])]


def _said(words: str) -> list[tuple[str, str]]:
    return _safe(kept_together(words))


def _safe(text: str) -> list[tuple[str, str]]:
    """A translation or an icon, which is trusted like the template itself."""
    marked = [("string", text), ("pipe", "|"), ("name", "safe")]
    return [("lparen", "("), *marked, ("rparen", ")")]


@cache
def _drawn(icon: str) -> Markup:
    return ICON.format(icon)


def _filled(words: Markup, **values: Any) -> Markup:
    return fill(words, values)


def _counted(spoken: str, one: Markup, more: Markup, number: int, **values: Any) -> Markup:
    words = one if _plural_form(spoken)(number) == "one" else more
    return _filled(words, num=number, **values)


@cache
def _plural_form(spoken: str) -> Callable[[float], str]:
    return Locale(spoken).plural_form
