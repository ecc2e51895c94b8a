"""Take the README's pictures from the running app, into docs/images.

Starts the app on a database of its own, which is gone afterwards, with the demo fair, and looks
at it in Chromium as each of the three audiences does.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tools.browsers import CHROMIUM
from tools.journeys import JOURNEYS, Journey, strip

PROJECT = Path(__file__).parents[1]
IMAGES = PROJECT / "docs" / "images"
ADMIN = ("admin@jobfair.example", "pictures-only")
STARTING_SECONDS = 20

PHONE = ViewportSize(width=390, height=780)
TABLET = ViewportSize(width=1180, height=760)
DESKTOP = ViewportSize(width=1280, height=800)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: who looks at which page, on what.

    `who` is a line of what the demo prints: a student's moment or a company's name; empty for
    the organiser. `path` is left out where the company's link is the page.
    """

    name: str
    who: str
    path: str
    size: ViewportSize
    scheme: Literal["light", "dark"] = "light"
    scale: float = 1


PICTURES = (
    Picture("student", "called", "/dashboard", PHONE, scale=2),
    Picture("student-companies", "waiting", "/companies", PHONE, "dark", scale=2),
    Picture("company", "Banque du Midi", "", TABLET),
    Picture("organiser", "", "/admin/", DESKTOP),
)


def main() -> None:
    """Take every picture, and say how large each is."""
    if CHROMIUM is None:
        sys.exit("The pictures need Chromium: install the package chromium.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with _served() as (url, printed), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            path = IMAGES / f"{picture.name}.png"
            _take(browser, url, printed, picture, path)
            _say(path)
        for journey in JOURNEYS:
            path = IMAGES / f"{journey.name}.webp"
            _go_through(browser, url, printed, journey, path)
            _say(path)
        browser.close()


def _say(path: Path) -> None:
    print(f"{path.relative_to(PROJECT)}  {path.stat().st_size / 1024:.0f} KB")


def _go_through(browser: Browser, url: str, printed: str, journey: Journey, path: Path) -> None:
    context = browser.new_context(
        base_url=url, locale="fr-FR", viewport=PHONE, reduced_motion="reduce"
    )
    page = context.new_page()
    if journey.who:
        _sign_in(page, *_account(printed, journey.who))
    strip(page, journey.walk, path)
    context.close()


def _take(browser: Browser, url: str, printed: str, picture: Picture, path: Path) -> None:
    context = browser.new_context(
        base_url=url,
        locale="fr-FR",
        viewport=picture.size,
        color_scheme=picture.scheme,
        device_scale_factor=picture.scale,
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.path:
        _sign_in(page, *_account(printed, picture.who))
    page.goto(picture.path or urlsplit(_printed(printed, picture.who)).path)
    # From here on the page is kept right by its stream, as the people at the fair see it.
    page.wait_for_function("lostAt === null")
    page.screenshot(path=path)
    context.close()


def _sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/login")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda address: not address.endswith("/login"))


def _account(printed: str, who: str) -> tuple[str, str]:
    if not who:
        return ADMIN
    email, password = _printed(printed, who).split(" / ")
    return email, password


def _printed(printed: str, who: str) -> str:
    """What the demo printed beside a student's moment or a company's name."""
    found = re.search(rf"^ +{re.escape(who)} +(\S.*)$", printed, re.MULTILINE)
    if found is None:
        sys.exit(f"The demo fair has nobody for the picture of «{who}».")
    return found[1]


@contextmanager
def _served() -> Iterator[tuple[str, str]]:
    """The demo fair as `make run` serves it: its address, and what loading it printed."""
    with tempfile.TemporaryDirectory() as directory:
        port = _free_port()
        environment = {
            **os.environ,
            "PORT": str(port),
            "JOBFAIR_DATABASE_URL": f"sqlite:///{Path(directory) / 'fair.sqlite'}",
            "JOBFAIR_ADMIN_EMAIL": ADMIN[0],
            "JOBFAIR_ADMIN_PASSWORD": ADMIN[1],
        }
        printed = _filled(environment)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--log-level", "warning", "wsgi:app"],
            cwd=PROJECT,
            env=environment,
        )
        try:
            _wait_until_listening(port)
            yield f"http://127.0.0.1:{port}", printed
        finally:
            server.terminate()
            server.wait()


def _filled(environment: dict[str, str]) -> str:
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"],
        cwd=PROJECT,
        env=environment,
        check=True,
    )
    demo = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "fair", "demo"],
        cwd=PROJECT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return demo.stdout


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_until_listening(port: int) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("JobFair did not start.")


if __name__ == "__main__":
    main()
