"""A page as a browser has it open, into which fragments are put as htmx does it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, TreeBuilder

from jobfair.feed import journal
from jobfair.live.screen import Screen

VOID = ("br", "input", "img", "meta", "link", "use", "path", "circle", "rect", "line")


class OpenPage:
    """Takes what a stream sends, and holds what the page shows then."""

    def __init__(self) -> None:
        self.root = Element("main")

    def take(self, text: str) -> list[tuple[str, str]]:
        """Put fragments into the page; returns where each went, and how.

        A region of which the page has nothing yet is added to it.
        """
        partials = _parsed(text).findall("hx-partial")
        # htmx looks for all targets before it changes anything.
        found = [(each, self._target(each.get("hx-target", ""))) for each in partials]
        for partial, target in found:
            self._put(partial, target)
        return [(each.get("hx-target", ""), each.get("hx-swap", "")) for each in partials]

    def shown(self) -> str:
        """The page as text, without what a browser does not tell apart."""
        text = ElementTree.tostring(self.root, encoding="unicode")
        return re.sub(r"\s*(<[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", text))

    def _put(self, partial: Element, target: Element | None) -> None:
        how, new = partial.get("hx-swap"), list(partial)
        if target is None:
            is_region = re.fullmatch(r"#[a-z-]+", partial.get("hx-target", ""))
            assert how == "delete" or is_region, f"{partial.get('hx-target')} is not in the page"
            self.root.extend(new)
        elif how in ("beforeend", "afterbegin"):
            target[:] = [*target, *new] if how == "beforeend" else [*new, *target]
        else:
            parent = next(each for each in self.root.iter() if target in list(each))
            at = list(parent).index(target)
            parent[at : at + 1] = new

    def _target(self, selector: str) -> Element | None:
        """What `#region`, `#region #id` or `#region>.class` leads to."""
        region, child, name = re.fullmatch(r"#([\w-]+)(?: ?(>\.|#)([\w-]+))?", selector).groups()
        inside = next((each for each in self.root.iter() if each.get("id") == region), None)
        if inside is None or child is None:
            return inside
        if child == "#":
            return inside.find(f".//*[@id='{name}']")
        return next((each for each in inside if name in each.get("class", "").split()), None)


class FollowedPage:
    """An open page whose screen sends what differs. `new_screen` opens the same page once more."""

    def __init__(self, new_screen: Callable[[], Screen]) -> None:
        self._new_screen = new_screen
        self._screen = new_screen()
        self._until = journal.span()[1]
        self.page = OpenPage()
        self.page.take(self._screen.whole(self._until))

    def follow(self) -> list[tuple[str, str]]:
        """Take what the stream sends of what has happened; returns where it went, and how."""
        self._until, rows = journal.since(self._until)
        return self.page.take(self._screen.changed(rows, self._until))

    def take_an_answer(self) -> None:
        """What its viewer did was answered with all that there is by now."""
        self.page.take(self._new_screen().whole(journal.span()[1]))

    def is_as_loaded_anew(self) -> bool:
        anew = OpenPage()
        anew.take(self._new_screen().whole(self._until))
        return self.page.shown() == anew.shown()


def _parsed(text: str) -> Element:
    parser = _Parser()
    parser.feed(text)
    return parser.whole()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.tree.start("all", {})

    def whole(self) -> Element:
        self.tree.end("all")
        return self.tree.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)
