"""A live page: one that is kept up to date while it is open.

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
    """Whom a page is for: this decides who may open it and how a refusal is worded."""

    STUDENT = "student"
    STAND = "stand"
    ADMIN = "admin"
    HALL = "hall"
    PUBLIC = "public"

    @property
    def voice(self) -> Voice:
        """The voice of refusals: students act for themselves, the others for somebody else."""
        return Voice.SELF if self is Audience.STUDENT else Voice.ABOUT_ANOTHER


@dataclass(frozen=True, slots=True)
class Search:
    """Regions that only a search on the page fills; no stream sends them.

    `parameter` is the name in the query of the text that `load` searches for.
    """

    parameter: str
    regions: Mapping[str, str]
    load: Callable[[str], Context]


@dataclass(frozen=True, slots=True)
class Rows:
    """A region that is a long list. `render` makes one row by the id of its element; the result is
    empty if the list does not show it."""

    region: str
    render: Callable[[Context, str], str]


@dataclass(frozen=True, slots=True)
class LivePage:
    """The declaration of a live page.

    `address` is a route, as is `stream`, which by default is the address below `/live`.
    `regions` are the partials by the id of their element. `load` makes their context. Its keyword
    arguments are: the viewer (`student_id`, or a stand's `company_id`), the values in the address,
    and the `options`, which come from the query and have these defaults. `exists` takes the values
    in the address, and raises NotFound if what the page shows does not exist (any more). The page
    listens to `topics`, besides its viewer's own. `patience`, in seconds, is how long changes that
    do not concern the viewer may be held back, to be sent together. `ages` says that the page also
    changes with time. `screen` makes what is pushed; None if the page requests its regions. `rows`
    is the region that is a long list: an action on one of its rows is answered without the others.
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
    rows: Rows | None = None
    stream: str = ""

    def __post_init__(self) -> None:
        if not self.stream:
            object.__setattr__(self, "stream", f"/live{self.address}")

    def open(self, query: MultiDict[str, str], site: str = "", **given: Any) -> OpenPage:
        """This page as one viewer has it open. `given`: the viewer and the address's values.

        `site` is the site's address in the viewer's browser, such as https://fair.example.
        """
        in_address = next(_route(self.address).map.iter_rules()).arguments
        values = {name: given.pop(name) for name in in_address}
        return OpenPage(self, given, values, query, site)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A live page as one viewer has it open: the viewer, the values in its address, its query.

    `site` is the site's address in the viewer's browser. The hub renders without a request, which
    would tell it.
    """

    page: LivePage
    who: Mapping[str, Any]
    values: Mapping[str, Any]
    query: MultiDict[str, str]
    site: str

    @property
    def address(self) -> str:
        """The path, with its query."""
        return self._filled(self.page.address, self.query)

    @property
    def stream_address(self) -> str:
        """The path of its stream, with the options that its loader takes."""
        options = {name: self.query[name] for name in self.page.options if name in self.query}
        return self._filled(self.page.stream, options)

    @property
    def regions(self) -> Mapping[str, str]:
        """Its partials by region id, with those of the search while there is one."""
        search = self.page.search
        if search is None or not self.query.get(search.parameter):
            return self.page.regions
        return {**self.page.regions, **search.regions}

    def load(self) -> Context:
        """The context of its regions now. Raises NotFound."""
        options = {
            # A flag is set by its name alone.
            name: name in self.query
            if default is False
            else self.query.get(name, default, type=type(default))
            for name, default in self.page.options.items()
        }
        return self.page.load(**self.who, **self.values, **options)

    def found(self) -> Context:
        """The results of its search, and the values in its address."""
        search = self.page.search
        found = {} if search is None else search.load(self.query.get(search.parameter, ""))
        return {**self.values, **found}

    def searching(self, words: str) -> OpenPage:
        """The same page with a search for this text."""
        assert self.page.search is not None
        return replace(self, query=MultiDict({**self.query, self.page.search.parameter: words}))

    def check(self) -> None:
        """Raises NotFound if what it shows does not exist (any more)."""
        if self.page.exists is not None:
            self.page.exists(**self.values)

    def render(self, **context: Any) -> str:
        """The whole page."""
        own = {
            "page_address": self.address,
            "live_url": self.stream_address,
            "site": self.site,
        }
        shown = {**own, "refused": {}, **self.load(), **self.found(), **context}
        return render_template(self.page.template, **shown)

    def fragments(self, context: Context, exclude: Collection[str] = ()) -> dict[str, str]:
        """The rendered regions by id, without those in `exclude`."""
        return fragments(self.regions, {"site": self.site, **context}, exclude)

    def answer(self, context: Context, subject: str) -> dict[str, str]:
        """The fragments that answer an action on `subject`, by element id: its row, or all
        regions."""
        rows = self.page.rows
        row = "" if rows is None else rows.render(context, subject)
        if rows is None or not row:
            return self.fragments(context)
        return {**self.fragments(context, (rows.region,)), subject: row}

    def _filled(self, route: str, query: Mapping[str, str]) -> str:
        given = {**self.who, **self.values}
        path = _route(route).build("page", given, append_unknown=False)
        return f"{path}?{urlencode(query)}" if query else path


@cache
def _route(route: str) -> MapAdapter:
    return Map([Rule(route, endpoint="page")]).bind("")
