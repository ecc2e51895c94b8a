"""Two taps at one spot, and Enter twice, do one thing: on every button of every live page.

A tap comes again at once, and as soon as the page has changed.

The buttons are found on the pages that are declared in `live/pages/`, and the fair is played again
for each, so that a new button is tried by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, Request, expect

from jobfair import clock, create_app
from jobfair.domain.state import StudentStatus
from jobfair.extensions import db
from jobfair.live.page import Audience, LivePage
from jobfair.live.pages import PAGES
from jobfair.live.pages.admin import ALERTS
from jobfair.services.access import accounts
from jobfair.services.access.accounts import NewStudent
from jobfair.services.fair import hall_screen
from jobfair.services.queues import interviews, presence, queues
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import write_transaction
from tests.browser.conftest import DESKTOP, PHONE, PROJECT, SECRET_KEY, TABLET, Server
from tests.browser.people import accept_questions, live, until
from tests.conftest import settings
from tests.support import every_page, factories
from tests.support.factories import Person

pytestmark = pytest.mark.system

SIZES = {
    Audience.STUDENT: PHONE,
    Audience.STAND: TABLET,
    Audience.ADMIN: DESKTOP,
    Audience.PUBLIC: PHONE,
}
AT_ONCE_MS = 40
SWAPPED_MS = 60
SLOW_TAP_MS = 1_300
ACTED_MS = 250
BY_ITSELF = re.compile("/(call-receipt|push-subscriptions/)")
"""What a page sends without a tap."""

TOKENS = {"csrf_token", "idempotency_key"}

BUTTONS = "form[method=post] button[type=submit]"
SHOW = """button => {
    for (let each = button.closest("details"); each; each = each.parentElement.closest("details"))
        each.open = true;
    button.form.noValidate = true;
    button.scrollIntoView({block: "center"});
    return button.checkVisibility();
}"""
UNCOVERED = """button => {
    const covers = button.closest("#toasts") ? [] : document.querySelectorAll(".toast-close");
    for (const close of covers) close.click();
    const {left, right, top, bottom} = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""
SENDS = f"""buttons => buttons.map(button => {{
    if (!({SHOW})(button)) return null;
    const fields = [...button.form.elements].filter(({{type}}) => type !== "submit");
    return [button.form.getAttribute("action"), fields.map(({{name}}) => name).join(),
        button.value];
}})"""
"""For each button that can be tapped what it sends; all at once, as a page has many."""

REPEATED = {"/admin/companies/*/entries/*/move"}
"""With the keyboard each Enter moves somebody one place further, as an arrow key would."""

_numbers = count(1)


@dataclass(frozen=True)
class Scene:
    """One moment of a fair: who looks at its pages, and what their addresses hold."""

    people: dict[str, Person | None]
    values: dict[str, object]


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("taps"))
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
def play(app: Flask) -> Callable[[], Scene]:
    organiser = factories.admin("taps@fair.example")
    hall = hall_screen.make_link(organiser.actor)
    return lambda: _play(organiser, hall)


def _play(organiser: Person, hall: str) -> Scene:
    """People in every state and seats to spare: each tap brings something else to its spot."""
    number = next(_numbers)
    acme, bank, idle = (
        factories.company(f"{name} {number}", stand=name[0], slots=3)
        for name in ("Acme", "Bank", "Idle")
    )
    alice, bob, chloe, dan, emma, finn = (_student(f"{each}{number}") for each in "abcdef")
    factories.interview(dan, acme)
    interviews.complete(actors.company(bank), factories.interview(finn, bank))
    interviews.complete(actors.company(acme), factories.interview(emma, acme))
    presence.change_status(emma.actor, StudentStatus.AVAILABLE)
    for person in (alice, bob, emma):
        queues.absent(actors.company(idle), factories.entry(person, idle))
    queues.absent(actors.company(bank), factories.entry(emma, bank))
    for person in (alice, bob, chloe):
        factories.entry(person, acme)
        factories.entry(person, bank)
    for person in (dan, finn):
        factories.entry(person, idle)
    return Scene(
        {
            "called": alice,
            "in interview": dan,
            "paused": finn,
            "organiser": organiser,
        },
        {
            "company_id": acme,
            "student_id": alice.student_id,
            "token": factories.token(acme),
            "hall_screen token": hall,
            "search": number,
        },
    )


def _student(first_name: str) -> Person:
    """Somebody who never signs in by password: hashing them all would take minutes."""
    email = f"{first_name}@taps.example"
    new = NewStudent(email, "", first_name, "Test")
    with write_transaction(actors.SYSTEM) as work:
        made = accounts.insert_student(work, None, new, "no hash", confirmed=True)
    return Person(made.user_id, email, made.student_id)


VIEWERS = {
    Audience.STUDENT: ("called", "in interview", "paused"),
    Audience.STAND: ("nobody",),
    Audience.ADMIN: ("organiser",),
    Audience.HALL: ("nobody",),
    Audience.PUBLIC: ("nobody",),
}


PRESSED = '[aria-pressed="true"]'
"""A star says by itself what came of a tap."""


class Hand:
    """One viewer of a page at a time, and what their taps send."""

    def __init__(self, browser: Browser, url: str, page: LivePage) -> None:
        self._url = url
        self._page = page
        self._context = browser.new_context(
            viewport=SIZES.get(page.audience, DESKTOP), locale="fr-FR", base_url=url
        )
        self.page = self._context.new_page()
        self.page.set_default_timeout(5000)
        accept_questions(self.page)
        self.page.on("request", self._heard)
        self.sent: list[tuple[str, str]] = []
        self._loads = self._pressed = 0
        self.page.on("load", self._loaded)

    def _loaded(self, _page: Page) -> None:
        self._loads += 1

    def _heard(self, request: Request) -> None:
        path = urlsplit(request.url).path
        if request.method == "POST" and not BY_ITSELF.search(path):
            fields = dict(parse_qsl(request.post_data or ""))
            self.sent.append((path, str({k: v for k, v in fields.items() if k not in TOKENS})))

    def open(self, scene: Scene, viewer: str) -> list[tuple[str, Locator]]:
        """Open the page as one sees it; returns its buttons that can be tapped, by their kind."""
        self._context.clear_cookies()
        person = scene.people.get(viewer)
        if person is not None:
            name, value = every_page.cookie(person)
            self._context.add_cookies([{"name": name, "value": value, "url": self._url}])
        self._loads = 0
        self.page.goto(self._address(scene))
        if self._page.audience is not Audience.HALL:
            live(self.page)
        self.sent.clear()
        self._pressed = self.page.locator(PRESSED).count()
        buttons = self.page.locator(BUTTONS)
        sends = enumerate(buttons.evaluate_all(SENDS))
        settled(self.page)
        return [(kind(*each), buttons.nth(number)) for number, each in sends if each]

    def _address(self, scene: Scene) -> str:
        values = scene.values | {
            "token": scene.values.get(f"{self._page.name} token") or scene.values["token"]
        }
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self._page.address)
        search = self._page.search
        return path if search is None else f"{path}?{search.parameter}={scene.values['search']}"

    def is_answered(self) -> bool:
        """Whether the page says what came of it, or is another or loaded again."""
        said = self.page.locator("#toasts .toast, .refusal, [aria-invalid=true], .form-error")
        changed = self.page.locator(PRESSED).count() != self._pressed
        return said.count() > 0 or self._loads > 1 or changed

    def close(self) -> None:
        self._context.close()


def kind(address: str, fields: str, value: str) -> str:
    """What a button sends and where, but for whom it is about: the same in every scene."""
    return f"{general(address)} {fields} {value if not value.isdigit() else '*'}"


def general(address: str) -> str:
    return re.sub(r"/company/[^/]+|\d+", "*", address)


def twice(hand: Hand, act: Callable[[], None]) -> None:
    """Act, act again at once, and once more as soon as the page has changed."""
    page = hand.page
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        act()
        page.wait_for_timeout(AT_ONCE_MS)  # A hand that trembles.
        act()
    page.wait_for_timeout(SWAPPED_MS)  # The hand acts before anybody could read what has come.
    page.wait_for_load_state()
    act()
    page.wait_for_timeout(ACTED_MS)  # For what must not be sent.


def settled(page: Page) -> None:
    """What the stream's first push has moved acts again: what was opened here is closed by it."""
    expect(page.locator("[data-settling]")).to_have_count(0)


def tapping(button: Locator, page: Page) -> Callable[[], None]:
    button.evaluate(SHOW)
    # What happened while the scene was made may be told by now, on top of the button.
    until(page, lambda: button.evaluate(UNCOVERED), "nothing lies on the button")
    settled(page)
    box = button.bounding_box()
    assert box is not None
    spot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return lambda: page.mouse.click(*spot)


def entering(button: Locator, page: Page) -> Callable[[], None]:
    button.focus()
    return lambda: page.keyboard.press("Enter")


def test_a_slow_second_tap_sets_nobody_else_aside(
    browser: Browser, own_server: Server, play: Callable[[], Scene]
) -> None:
    """The next row slides under the pointer, with the same button."""
    scene = play()
    with clock.at(clock.now() - timedelta(minutes=6)):
        late = factories.company("Late", slots=9)
        for number in range(6):
            factories.entry(_student(f"late{number}"), late)
    hand = Hand(browser, own_server.url, ALERTS)
    hand.open(scene, "organiser")
    row = hand.page.locator(".alert-late").first
    tap = tapping(row.get_by_role("button", name="Pas venu"), hand.page)
    tap()
    expect(hand.page.locator("#toasts")).to_contain_text("n'est pas venu")
    hand.page.wait_for_timeout(SLOW_TAP_MS)  # Somebody who is not sure that the first was heard.
    tap()
    hand.page.wait_for_timeout(ACTED_MS)  # For what must not be sent.
    assert len(hand.sent) == 1
    hand.page.locator("#toasts").get_by_role("button", name="Annuler").click()
    expect(hand.page.locator("#toasts")).to_contain_text("est rappelé")
    hand.close()


@pytest.mark.parametrize("way", [tapping, entering])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_second_tap_does_nothing_else(
    browser: Browser,
    own_server: Server,
    play: Callable[[], Scene],
    page: LivePage,
    way: Callable[[Locator, Page], Callable[[], None]],
) -> None:
    hand = Hand(browser, own_server.url, page)
    tried, wrong = set(), []
    for viewer in VIEWERS[page.audience]:
        while untried := next(
            (each for each in hand.open(play(), viewer) if each[0] not in tried), None
        ):
            what, button = untried
            tried.add(what)
            twice(hand, way(button, hand.page))
            until(hand.page, hand.is_answered, f"{what}: an answer is shown")
            repeats = way is entering and hand.sent and general(hand.sent[0][0]) in REPEATED
            if len({*hand.sent}) != 1 and not repeats:
                wrong.append(f"{what}: {hand.sent}")
    hand.close()
    assert not wrong, "\n".join(wrong)
