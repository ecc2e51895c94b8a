"""Draw the app's icons from favicon.svg, into jobfair/static/icons. Needs Chromium."""

import shutil
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

STATIC = Path(__file__).parents[1] / "jobfair" / "static"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIGNAL = "#ffc728"


@dataclass(frozen=True, slots=True)
class Icon:
    """One icon: how much of its side the mark takes, and what is around it.

    `only_mark` draws the arrow alone, in white: Android shows no more of a badge.
    """

    name: str
    pixels: int
    share: float = 1.0
    ground: str = "transparent"
    only_mark: bool = False


ICONS = (
    Icon("icon-192", 192),
    Icon("icon-512", 512),
    # A launcher cuts a maskable icon to its own shape: only the inner four fifths are safe.
    Icon("icon-maskable-512", 512, 0.8, SIGNAL),
    # The iPhone paints what is transparent black.
    Icon("apple-touch-icon", 180, 0.9, SIGNAL),
    Icon("badge-96", 96, only_mark=True),
)


def main() -> None:
    """Draw every icon."""
    (STATIC / "icons").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for icon in ICONS:
            _draw(browser, icon)
        browser.close()


def _draw(browser: Browser, icon: Icon) -> None:
    svg = (STATIC / "favicon.svg").read_text()
    if icon.only_mark:
        svg = svg.replace(SIGNAL, "none").replace("#17191f", "#ffffff")
    image = b64encode(svg.encode()).decode()
    side = round(icon.pixels * icon.share)
    page = browser.new_page(viewport={"width": icon.pixels, "height": icon.pixels})
    page.set_content(
        f'<body style="margin:0;height:100vh;display:grid;place-items:center;'
        f'background:{icon.ground}"><img width="{side}" src="data:image/svg+xml;base64,{image}">'
    )
    page.locator("img").evaluate("image => image.decode()")
    page.screenshot(path=STATIC / "icons" / f"{icon.name}.png", omit_background=True)
    page.close()


if __name__ == "__main__":
    main()
