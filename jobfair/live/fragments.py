"""Fragments: parts of a page by themselves, and how htmx is told where each goes."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, render_template
from markupsafe import Markup

from jobfair.extensions import PerApp
from jobfair.wording import language

KEPT_FRAGMENTS = 10_000
"""Of some one or two kilobytes each, in every process."""

FRAGMENT = '<hx-partial hx-target="#{}" hx-swap="{}" data-as-of="{}">{}</hx-partial>'
APPEND_TOAST = '<hx-partial hx-target="#toasts" hx-swap="beforeend">{}</hx-partial>'


def fragments(
    regions: Mapping[str, str], context: Mapping[str, Any], exclude: Collection[str] = ()
) -> dict[str, str]:
    """Each region by its id, but for those that need not be looked at.

    Takes the partials of the regions by their ids.
    """
    shown = {"refused": {}, **context}
    current_app.update_template_context(shown)
    return {
        region: fragment(partial, shown)
        for region, partial in regions.items()
        if region not in exclude
    }


def fragment(partial: str, context: Mapping[str, Any]) -> str:
    """A partial by itself, which knows what it is given and the globals."""
    # A blank before or after would pile up in the open page, one with each push.
    return current_app.jinja_env.get_template(partial).render(context).strip()


def init_app(app: Flask) -> None:
    """Let templates keep what they are made of."""
    app.jinja_env.globals["cached_partial"] = cached_partial


def cached_partial(partial: str, **values: Hashable) -> Markup:
    """A partial that shows these values and nothing else, rendered once for all who have them.

    Of a list of fifty, one or two rows are new after each change.
    """
    markup: Markup = _fragments.get()(language.current(), partial, **values)
    return markup


def _rendered(_language: str, partial: str, **values: Hashable) -> Markup:
    return Markup(fragment(partial, values))  # noqa: S704 - a template has escaped it


# One cache for each app, as the hours in the fragments are those of the app's time zone.
_fragments = PerApp(lambda: lru_cache(KEPT_FRAGMENTS)(_rendered))


def replacing(fragments: Mapping[str, str], as_of: int) -> str:
    """Fragments as htmx puts them into the open page, each in the place of what has its id."""
    return "\n".join(put(region, html, as_of) for region, html in fragments.items())


def put(target: str, html: str, as_of: int, how: str = "outerMorph") -> str:
    """A fragment as htmx puts it into the open page, in one of its ways.

    `as_of` is a journal number at or after which it was read: an answer that a slow network
    brings after a newer push is then not put over it.
    """
    return FRAGMENT.format(target, how, as_of, html)


def toast(category: str, message: str) -> str:
    """A toast as htmx adds it to the open page."""
    html = render_template("layout/_toast.html", category=category, message=message)
    return APPEND_TOAST.format(html)
