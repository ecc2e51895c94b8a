"""Every page in both languages and both themes: WCAG 2.2 AA by axe, and what axe cannot measure.

The pages come from the route table (tests/support/every_page.py); each is loaded once for each
language, and its colours are looked at in one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from jobfair import create_app
from jobfair.extensions import db
from jobfair.wording.language import LANGUAGES
from tests.browser.conftest import DESKTOP, PHONE, PROJECT, SECRET_KEY, TABLET, Server
from tests.conftest import settings
from tests.support import every_page, showcase
from tests.support.every_page import Visit
from tests.support.showcase import Showcase

LOOKING = Path(__file__).with_name("looking.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = """async ([only, colours]) => {
  const rules = { "color-contrast": { enabled: colours } };
  const found = await axe.run({ runOnly: only, rules, resultTypes: ["violations"] });
  const why = ({ any, all, none }) => [...any, ...all, ...none].map((each) => each.message);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target} ${why(node)}`));
}"""
THUMB = 44
NARROW = {"width": 320, "height": 640}
ACROSS = {"width": 844, "height": 390}
SIZES = {"student": PHONE, "nobody": TABLET, "desk": TABLET} | dict.fromkeys(
    ("organiser", "viewer"), DESKTOP
)
PRINTED = ("/print/", "/admin/paper")
"""Sheets for a printer, whose screen view is a preview: no buttons, and as wide as the paper."""

IN_BOTH_LANGUAGES = "/offline"

# Some minutes: every page is laid out five times in each language.
pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("showcase"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def app(own_server: Server) -> Iterator[Flask]:
    """The application in this process, on the server's own database and folder."""
    app = create_app({**settings(own_server.database_url), "SECRET_KEY": SECRET_KEY})
    app.instance_path = str(PROJECT / "instance")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def shown(app: Flask) -> Showcase:
    return showcase.show()


class Readers:
    """A browser window for each of the showcase's people, the same for all their pages."""

    def __init__(self, browser: Browser, server: Server, shown: Showcase) -> None:
        self._contexts: dict[str, BrowserContext] = {}
        self._pages: dict[str, Page] = {}
        self.script_errors: list[str] = []
        for who, person in shown.people.items():
            size = SIZES[who.split()[0]]
            context = browser.new_context(
                viewport=size, base_url=server.url, bypass_csp=True, reduced_motion="reduce"
            )
            context.add_init_script(AXE_SCRIPT + ";" + LOOKING + ";window.looking=jobfairLooking")
            if person:
                name, value = every_page.cookie(person)
                context.add_cookies([{"name": name, "value": value, "url": server.url}])
            self._contexts[who] = context

    def speak(self, language: str, url: str) -> None:
        for context in self._contexts.values():
            context.add_cookies([{"name": "jobfair_language", "value": language, "url": url}])

    def status(self, who: str, path: str) -> int:
        return self._contexts[who].request.get(path, max_redirects=0).status

    def page(self, who: str) -> Page:
        if who not in self._pages:
            page = self._contexts[who].new_page()
            page.on("pageerror", lambda error: self.script_errors.append(str(error)))
            self._pages[who] = page
        return self._pages[who]

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()


@pytest.fixture(scope="module")
def readers(browser: Browser, own_server: Server, shown: Showcase) -> Iterator[Readers]:
    readers = Readers(browser, own_server, shown)
    yield readers
    readers.close()


@pytest.fixture(scope="module")
def visits(app: Flask, shown: Showcase, readers: Readers) -> list[Visit]:
    return list(every_page.visits(app, shown, readers.status))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_use_every_page(
    visits: list[Visit], readers: Readers, own_server: Server, language: str
) -> None:
    readers.speak(language, own_server.url)
    complaints = []
    for visit in visits:
        page = readers.page(visit.who)
        page.goto(visit.path)
        if visit.path != IN_BOTH_LANGUAGES:
            assert page.locator("html").get_attribute("lang") == language, visit
        # No colour and no movement depends on the language.
        colours = looked_at_for_colours(page) if language == LANGUAGES[0] else ()
        found = [*looked_at(page, visit), *colours, *readers.script_errors]
        readers.script_errors.clear()
        complaints += [f"{visit.path}: {each}" for each in found]
    assert len(visits) > 50
    assert not complaints, "\n".join(complaints)


def looked_at_for_colours(page: Page) -> Iterator[str]:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        yield from page.evaluate(AXE, [["color-contrast"], True])
    page.emulate_media(color_scheme="light")
    for question in ("moving()", "onlyColoured()", "colouredOtherwise()", "edgeless()"):
        yield from (f"{question} {each}" for each in page.evaluate(f"looking.{question}"))


def looked_at(page: Page, visit: Visit) -> Iterator[str]:
    size, printed = page.viewport_size, any(each in visit.path for each in PRINTED)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    yield from page.evaluate(AXE, [WCAG, False])
    for question in ("readOut()", f"smallTargets({THUMB})"):
        yield from (f"{question} {each}" for each in page.evaluate(f"looking.{question}"))
    page.set_viewport_size(NARROW)
    if not printed:
        yield from (f"narrow: {each}" for each in page.evaluate("looking.tooWide()"))
    yield from (f"narrow: small {each}" for each in page.evaluate(f"looking.smallTargets({THUMB})"))
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if not printed:
        yield from (f"200 %: {each}" for each in page.evaluate("looking.tooWide()"))
        yield from (f"200 %: {each}" for each in page.evaluate("looking.hiddenTabs()"))
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(ACROSS)
    yield from (f"across: {each}" for each in page.evaluate("looking.wrapping()"))
    page.set_viewport_size(size)
