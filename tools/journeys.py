"""The README's three journeys: what a student does, screen by screen, side by side in a strip."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

GAP = 24
"""Between two screens, in pixels; transparent, so that it has the colour of the reader's page."""
QUALITY = 38
"""Of WebP, of 100: every letter is still sharp, and no strip has more than 60 KB."""

LOGOS_HAVE_COME = """() => Promise.all(Array.from(document.images)
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().top < innerHeight)
    .map((each) => each.decode()))"""
"""Waits for the logos in sight: each is asked for only once it is."""

Walk = Callable[[Page], Iterator[None]]
"""Goes through a journey, and stops at each screen that is shown."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One strip. `who` is a line of what the demo prints, as in `Picture`; empty for nobody."""

    name: str
    who: str
    walk: Walk


def strip(page: Page, walk: Walk, path: Path) -> None:
    """Go through a journey and write its screens into one picture."""
    screens = [Image.open(BytesIO(page.screenshot())) for _ in walk(page)]
    width, height = screens[0].size
    whole = Image.new("RGBA", ((width + GAP) * len(screens) - GAP, height))
    for number, screen in enumerate(screens):
        whole.paste(screen, (number * (width + GAP), 0))
    whole.save(path, quality=QUALITY, method=6)


def _poster(page: Page) -> Iterator[None]:
    page.goto("/join/1")
    _followed(page)
    yield
    page.get_by_role("link", name="Créer un compte et rejoindre").click()
    page.get_by_label("Adresse e-mail").fill("zoe.petit@ecole.example")
    page.get_by_label("Mot de passe").fill("correct horse battery")
    page.get_by_label("Prénom").fill("Zoé")
    page.get_by_label("Nom", exact=True).fill("Petit")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    yield
    page.get_by_role("button", name="Créer un compte et rejoindre").click()
    page.get_by_text("Inscrit en position").first.wait_for()
    _followed(page)
    yield


def _favourites(page: Page) -> Iterator[None]:
    page.goto("/companies?q=logiciel")
    _followed(page)
    left = page.locator(".star[aria-pressed=false]")
    while left.count():
        left.first.click()
        page.wait_for_timeout(1500)
    yield
    page.goto("/my-day")
    _followed(page)
    yield
    page.locator("#day h3 a").first.click()
    page.locator("#company").wait_for()
    _followed(page)
    yield


def _browse(page: Page) -> Iterator[None]:
    page.goto("/companies")
    _followed(page)
    yield
    page.locator("#filters summary").click()
    yield
    page.get_by_role("radio", name="Stage").check()
    page.locator("#choose-sort").select_option("wait")
    page.get_by_role("searchbox").fill("data")
    page.wait_for_url("**q=data**")
    page.mouse.click(1, 400)
    page.wait_for_timeout(800)
    yield


def _followed(page: Page) -> None:
    page.wait_for_function("lostAt === null")
    page.evaluate(LOGOS_HAVE_COME)


JOURNEYS = (
    Journey("journey-poster", "", _poster),
    Journey("journey-favourites", "waiting", _favourites),
    Journey("journey-browse", "waiting", _browse),
)
