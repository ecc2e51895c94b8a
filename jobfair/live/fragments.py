"""Fragments: parts of a page on their own, with what tells htmx where each goes."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup

from jobfair.extensions import PerApp
from jobfair.wording import language
from jobfair.wording.times import local_time

KEPT_FRAGMENTS = 10_000
"""The most fragments that a process caches; each has one or two kilobytes."""

CachedPartials = Callable[..., Markup]
"""Takes the language, the partial and its values."""

FRAGMENT = '<hx-partial hx-target="#{}" hx-swap="{}" data-as-of="{}">{}</hx-partial>'
MORPHED = "outerMorph"
ANEW = "outerHTML swap:1ms"
"""Swaps after a pause, in which the browser draws a key that was pressed meanwhile. On a phone
slowed four times, this and the pause before a search is sent reduced late frames while somebody
typed from 31 of 235 to none (`python -m bench directory`)."""
_HOW_AND_WHEN = re.compile(r' hx-swap="[^"]*" data-as-of="\d+"')
APPEND_TOAST = '<hx-partial hx-target="#toasts" hx-swap="beforeend">{}</hx-partial>'


def fragments(
    regions: Mapping[str, str], context: Mapping[str, Any], exclude: Collection[str] = ()
) -> dict[str, str]:
    """The rendered regions by id, without those in `exclude`.

    `regions` are the partials by region id.
    """
    shown = {"refused": {}, **context}
    current_app.update_template_context(shown)
    return {
        region: fragment(partial, shown)
        for region, partial in regions.items()
        if region not in exclude
    }


def fragment(partial: str, context: Mapping[str, Any]) -> str:
    """A partial on its own. It sees `context` and the globals."""
    # Each push would add the blanks around it to the open page.
    return current_app.jinja_env.get_template(partial).render(context).strip()


def init_app(app: Flask) -> None:
    """Let templates use `cached_partial`."""
    app.jinja_env.globals["cached_partial"] = cached_partial


def cached_partial(partial: str, **values: Hashable) -> Markup:
    """A partial that depends only on these values, cached for all viewers.

    In a list of fifty rows, one or two are new after each change.
    """
    return cached_partials()(language.current(), partial, **values)


def cached_partials() -> CachedPartials:
    """The current app's. The caller may keep them: finding them takes as long as using one."""
    return _fragments.get()[local_time.zone().key]


def _rendered(read_in: str, partial: str, **values: Hashable) -> Markup:
    with force_locale(read_in):
        return Markup(fragment(partial, values))  # noqa: S704 - a template has escaped it


# One cache for each time zone of each app, as fragments show times.
_fragments: PerApp[dict[str, CachedPartials]] = PerApp(
    lambda: defaultdict(lambda: lru_cache(KEPT_FRAGMENTS)(_rendered))
)


def replacing(fragments: Mapping[str, str], as_of: int, found: str = "") -> str:
    """Fragments as htmx takes them; each replaces the element with its id.

    `found` is the id of the list that was searched, if there is one. It now has other rows:
    inserting them is less work for a phone than morphing the old ones.
    """
    return "\n".join(
        put(region, html, as_of, ANEW if region == found else MORPHED)
        for region, html in fragments.items()
    )


def put(target: str, html: str, as_of: int, how: str = MORPHED) -> str:
    """A fragment as htmx takes it; `how` is the value of `hx-swap`.

    `as_of` is a journal number, at or after which its data was read. With it the page ignores an
    answer that arrives after a newer push.
    """
    return FRAGMENT.format(target, how, as_of, html)


def tag_of(fragments: str) -> str:
    """A tag of the fragments' content, whatever the way they are inserted and the time they were
    read."""
    return hashlib.sha256(_HOW_AND_WHEN.sub("", fragments).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Undo:
    """The form in a toast that takes back what the toast is about: its address and its words."""

    address: str
    label: str


def toast(category: str, message: str, undo: Undo | None = None) -> str:
    """A toast, which htmx appends to the open page."""
    html = render_template("layout/_toast.html", category=category, message=message, undo=undo)
    return APPEND_TOAST.format(html)
