"""Compiles each template once per language, with the translations already in it.

Looking up some forty translations while a page is rendered took a quarter of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any

from babel import Locale
from babel.support import Translations
from flask.sansio.app import App
from flask.templating import Environment
from flask_babel import get_domain
from jinja2 import BaseLoader, Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from jobfair import clock
from jobfair.fields import (
    companies,
    company_profiles,
    fair,
    introductions,
    notes,
    students,
)
from jobfair.fields import door_signs as door_sign_fields
from jobfair.fields.edits import SEEN
from jobfair.queries import fair_identity
from jobfair.services import mail
from jobfair.wording import door_signs, language, lengths, monograms, roles, sign_up, waits
from jobfair.wording.elision import fill
from jobfair.wording.fair_days import fair_days
from jobfair.wording.guillemets import kept_together

FILLED, COUNTED = "filled", "counted"
TRANSLATED = ("_", "ngettext")


class TranslatedEnvironment(Environment):
    """Finds a template in the language of the request: `fr/layout/base.html`."""

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, loader=_AnyLanguage(app.create_global_jinja_loader()), **options)
        self.add_extension(_Translation)
        self.globals |= {FILLED: _filled, COUNTED: _counted, "clock": clock}
        self.globals |= {"company_fields": companies, "student_fields": students}
        self.globals |= {
            "profile_fields": company_profiles,
            "monograms": monograms,
            "lengths": lengths,
            "waits": waits,
        }
        self.globals |= {"introduction_fields": introductions, "note_fields": notes}
        self.globals |= {"door_sign_fields": door_sign_fields, "door_signs": door_signs}
        self.globals |= {"fair_fields": fair, "SEEN": SEEN, "sign_up_modes": sign_up.MODES}
        self.globals |= {"the_fair": fair_identity.current, "fair_days": fair_days}
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
    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Any, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._loader.get_source(environment, template.partition("/")[2])


class _Translation(Extension):
    """Replaces literal messages by their translations.

    `_("Leave")` becomes `("Quitter"|safe)`. Values are filled in later:
    `_("after %(name)s", name=x)` becomes `filled("après %(name)s", name=x)`, and
    `ngettext("seat", "seats", n)` becomes `counted("fr", "place", "places", n)`.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        tokens = list(stream)
        translations = get_domain().get_translations()
        at = 0
        while at < len(tokens):
            length = 1
            if tokens[at].value in TRANSLATED:
                length, call = _translated(tokens[at : at + 6], translations)
                yield from (Token(tokens[at].lineno, *each) for each in call)
            else:
                yield tokens[at]
            at += length


def _translated(
    tokens: Sequence[Token], translations: Translations
) -> tuple[int, list[tuple[str, str]]]:
    """How many of the first tokens are replaced, and by what."""
    kinds, values = [each.type for each in tokens], [each.value for each in tokens]
    match values[0], kinds[1:4]:
        case "_", ["lparen", "string", "rparen"]:
            words = translations.ugettext(values[2]) % {}
            return 4, _safe(words)
        case "_", ["lparen", "string", "comma"]:
            words = translations.ugettext(values[2])
            return 3, [("name", FILLED), ("lparen", "("), *_safe(words)]
        case "ngettext", ["lparen", "string", "comma"] if kinds[4:] == ["string", "comma"]:
            forms = [translations.ungettext(values[2], values[4], number) for number in (1, 2)]
            call = [("name", COUNTED), ("lparen", "("), ("string", language.current())]
            for form in forms:
                call += [("comma", ","), *_safe(form)]
            return 5, call
        case _:
            return 1, [(kinds[0], values[0])]


def _safe(words: str) -> list[tuple[str, str]]:
    """A translation, which is trusted like the template itself."""
    marked = [("string", kept_together(words)), ("pipe", "|"), ("name", "safe")]
    return [("lparen", "("), *marked, ("rparen", ")")]


def _filled(words: Markup, **values: Any) -> Markup:
    return fill(words, values)


def _counted(spoken: str, one: Markup, more: Markup, number: int, **values: Any) -> Markup:
    words = one if _plural_form(spoken)(number) == "one" else more
    return _filled(words, num=number, **values)


@cache
def _plural_form(spoken: str) -> Callable[[float], str]:
    return Locale(spoken).plural_form
