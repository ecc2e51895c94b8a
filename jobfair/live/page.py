"""A live page: one that keeps itself right while it is open.

It is declared once. The page, the answer to an action on it and its stream are made from that
declaration, and all three render the same partials. A region is one partial with one id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import render_template
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Map, MapAdapter, Rule

from jobfair.live.fragments import fragments
from jobfair.live.screen import Screen
from jobfair.wording.refusals import Voice

Context = Mapping[str, Any]


class Audience(Enum):
    """Whom a page is for: who is let in, and how they are spoken to."""

    STUDENT = "student"
    STAND = "stand"
    ADMIN = "admin"
    HALL = "hall"

    @property
    def voice(self) -> Voice:
        """Whom a refusal is said to: students act for themselves, the others for somebody."""
        return Voice.SELF if self is Audience.STUDENT else Voice.ABOUT_ANOTHER


@dataclass(frozen=True, slots=True)
class Search:
    """Regions that only a search on the page fills, so that no stream sends them.

    `parameter` is what the query calls the words that `load` looks for.
    """

    parameter: str
    regions: Mapping[str, str]
    load: Callable[[str], Context]


@dataclass(frozen=True, slots=True)
class LivePage:
    """What a live page is.

    `address` is a route, as is `stream`, which by default is the address below `/live`.
    `regions` are partials by their id in the document. `load` makes their context. It takes by
    name: who looks (`student_id`, or `company_id` of a stand), the values in the address, and the
    `options`, which the query gives and which have these defaults. `exists` takes the values in
    the address, and raises NotFound once what the page is about is gone. `topics` are what the
    page listens to besides its viewer's own. `patience`, in seconds, is how long changes that are
    not the viewer's own may wait for each other. `ages` says that the page also changes with time
    alone. `screen` makes what is pushed; None for a page that asks for its regions by itself.
    """

    name: str
    audience: Audience
    address: str
    template: str
    regions: Mapping[str, str]
    load: Callable[..., Context]
    options: Mapping[str, bool | int | str] = field(default_factory=dict)
    search: Search | None = None
    exists: Callable[..., object] | None = None
    topics: tuple[str, ...] = ()
    patience: float = 0.0
    ages: bool = False
    screen: type[Screen] | None = Screen
    stream: str = ""

    def __post_init__(self) -> None:
        if not self.stream:
            object.__setattr__(self, "stream", f"/live{self.address}")

    def open(self, query: MultiDict[str, str], **given: Any) -> OpenPage:
        """This page as one viewer has it open: who looks, the values in its address, its query."""
        in_address = next(_route(self.address).map.iter_rules()).arguments
        values = {name: given.pop(name) for name in in_address}
        return OpenPage(self, given, values, query)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A live page as one viewer has it open: who looks, the values in its address, its query."""

    page: LivePage
    who: Mapping[str, Any]
    values: Mapping[str, Any]
    query: MultiDict[str, str]

    @property
    def address(self) -> str:
        """The path, with its query."""
        return self._filled(self.page.address, self.query)

    @property
    def stream_address(self) -> str:
        """The path of its stream, which knows the options that its loader takes."""
        options = {name: self.query[name] for name in self.page.options if name in self.query}
        return self._filled(self.page.stream, options)

    @property
    def regions(self) -> Mapping[str, str]:
        """Its partials by the id of their region; those of a search while something is sought."""
        search = self.page.search
        if search is None or not self.query.get(search.parameter):
            return self.page.regions
        return {**self.page.regions, **search.regions}

    def load(self) -> Context:
        """What its regions show now. Raises NotFound."""
        options = {
            # A flag is set by its name alone.
            name: name in self.query
            if default is False
            else self.query.get(name, default, type=type(default))
            for name, default in self.page.options.items()
        }
        return self.page.load(**self.who, **self.values, **options)

    def found(self) -> Context:
        """What its search finds, beside the values in its address."""
        search = self.page.search
        found = {} if search is None else search.load(self.query.get(search.parameter, ""))
        return {**self.values, **found}

    def searching(self, words: str) -> OpenPage:
        """The same page, on which these words are searched for."""
        assert self.page.search is not None
        return replace(self, query=MultiDict({**self.query, self.page.search.parameter: words}))

    def check(self) -> None:
        """Raises NotFound once what it is about is gone."""
        if self.page.exists is not None:
            self.page.exists(**self.values)

    def render(self, **context: Any) -> str:
        """The whole page."""
        own = {"page_address": self.address, "live_url": self.stream_address}
        shown = {**own, "refused": {}, **self.load(), **self.found(), **context}
        return render_template(self.page.template, **shown)

    def fragments(self, context: Context, exclude: Collection[str] = ()) -> dict[str, str]:
        """Each region by its id, but for those that need not be looked at."""
        return fragments(self.regions, context, exclude)

    def _filled(self, route: str, query: Mapping[str, str]) -> str:
        given = {**self.who, **self.values}
        path = _route(route).build("page", given, append_unknown=False)
        return f"{path}?{urlencode(query)}" if query else path


@cache
def _route(route: str) -> MapAdapter:
    return Map([Rule(route, endpoint="page")]).bind("")
