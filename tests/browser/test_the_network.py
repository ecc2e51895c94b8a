"""What a page does when the server goes away and comes back, and how fast it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import PHONE, TABLET, Server, Visitors
from tests.browser.people import (
    company,
    join,
    live,
    stand,
    student,
    turn,
    unique,
    until,
)

pytestmark = pytest.mark.system

SCREENS_WITHIN_MS = 100
"""From a click to the other screens, on top of what a page takes on this machine just now."""

TRIES = 7


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("own"))
    server.start()
    yield server
    server.stop()


def test_a_page_puts_itself_right_when_the_server_returns(
    browser: Browser, own_server: Server
) -> None:
    visitors = Visitors(browser, own_server.url)
    acme = unique("Acme")
    tablet = live(stand(visitors, company(visitors, acme)))
    alice = student(visitors, "Alice")
    alice.goto("/dashboard")
    live(alice)

    own_server.stop()
    expect(alice.locator("#connection")).to_be_visible(timeout=15000)
    own_server.start()
    expect(alice.locator("#connection")).to_be_hidden(timeout=15000)
    expect(tablet.locator("#connection")).to_be_hidden(timeout=15000)

    other = visitors.visitor(PHONE, storage_state=state_of(alice))
    other.goto("/companies")
    join(other, acme)
    expect(turn(alice, acme)).to_be_visible()
    expect(tablet.locator("#waiting")).to_contain_text("Alice Test")
    visitors.close()
    assert visitors.complaints == []


def test_a_database_that_lost_its_last_minutes_is_what_pages_show(
    browser: Browser, own_server: Server, tmp_path: Path
) -> None:
    """As after a failover to one that was behind: what it does not know has not happened."""
    visitors = Visitors(browser, own_server.url)
    acme = unique("Acme")
    tablet = live(stand(visitors, company(visitors, acme)))
    joined(student(visitors, "Alice"), acme)
    copy_database(own_server.database, tmp_path / "behind.sqlite")
    joined(student(visitors, "Bob"), acme)
    expect(tablet.locator("#waiting")).to_contain_text("Bob Test")

    copy_database(tmp_path / "behind.sqlite", own_server.database)
    expect(tablet.locator("#waiting")).not_to_contain_text("Bob Test")
    expect(tablet.locator("#waiting")).to_contain_text("Alice Test")
    visitors.close()
    assert visitors.complaints == []


def joined(person: Page, acme: str) -> None:
    person.goto("/companies")
    join(person, acme)


def copy_database(source: Path, target: Path) -> None:
    with closing(connect(source)) as read, closing(connect(target)) as written:
        read.backup(written)


def test_a_stream_opens_although_its_script_comes_late(visitors: Visitors) -> None:
    link = company(visitors, unique("Acme"))
    tablet = visitors.visitor(TABLET)

    def late(route: Route) -> None:
        tablet.wait_for_timeout(500)  # A network that is slow.
        route.continue_()

    tablet.route("**/hx-sse.min.js", late)
    tablet.goto(link)
    live(tablet)


def test_a_late_answer_is_not_put_over_a_newer_push(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    bob, alice = student(visitors, "Bob"), student(visitors, "Alice")
    join(bob, acme)
    bob.goto("/dashboard")
    alice.goto("/companies")
    live(alice)

    def late(route: Route) -> None:
        answer = route.fetch()
        bob.evaluate("document.querySelector('#queues form[action$=leave]').submit()")
        expect(turn(alice, acme)).to_be_visible()
        route.fulfill(response=answer)

    alice.route("**/join", late)
    join(alice, acme)
    expect(turn(alice, acme)).to_be_visible()


def test_a_click_reaches_the_other_screen_at_once(
    visitors: Visitors, record_property: pytest.RecordProperty
) -> None:
    acme = unique("Acme")
    tablet = stand(visitors, company(visitors, acme))
    alice = student(visitors, "Alice")
    join(alice, acme)
    alice.goto("/dashboard")
    live(alice)
    live(tablet)
    took = [
        _milliseconds_until(alice, tablet, button, gone=number % 2 == 0)
        for number in range(TRIES)
        for button in [("Faire une pause", "Reprendre")[number % 2]]
    ]
    record_property("milliseconds from click to the other screen", took)
    print(f"click to the other screen: {sorted(took)} ms")
    # Other tests run beside this one; the best is the nearest to an idle machine.
    a_page = min(_milliseconds_for_a_page(alice) for _ in range(TRIES))
    assert min(took) < a_page + SCREENS_WITHIN_MS


def _milliseconds_for_a_page(page: Page) -> float:
    """From asking for a page to the next frame: no screen can be told faster than this."""
    took = page.evaluate(
        """async () => {
            const asked = performance.now();
            await (await fetch("/dashboard")).text();
            await new Promise(requestAnimationFrame);
            return performance.now() - asked;
        }"""
    )
    return float(took)


@pytest.mark.parametrize("hours", [1, -1])
def test_an_interview_lasts_as_long_on_a_device_whose_clock_is_wrong(
    visitors: Visitors, hours: int
) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.context.add_init_script(
        f"const now = Date.now; Date.now = () => now.call(Date) + {hours} * 3600 * 1000;"
    )
    join(alice, acme)
    alice.goto("/dashboard")
    turn(alice, acme).get_by_role("button", name="Commencer").click()
    expect(alice.locator("#running .elapsed")).to_have_text(re.compile(r"^0:\d\d$"))
    alice.reload()
    expect(alice.locator("#running .elapsed")).to_have_text(re.compile(r"^0:(0[1-9]|[1-5]\d)$"))


@pytest.mark.parametrize(("chance", "least", "most"), [(0, 50, 150), (0.999, 850, 950)])
def test_pages_that_were_cut_off_come_back_apart(
    visitors: Visitors, chance: float, least: int, most: int
) -> None:
    """The stream is opened again after as long as chance has it, from 0.1 to 0.9 seconds."""
    alice = student(visitors, "Alice")
    alice.add_init_script(
        f"""
        Math.random = () => {chance};
        window.waits = [];
        const wait = window.setTimeout;
        window.setTimeout = (act, ms, ...more) => (window.waits.push(ms), wait(act, ms, ...more));
        """
    )

    def cut_off(route: Route) -> None:
        body = "event: heartbeat\ndata: {}\n\n"
        route.fulfill(body=body, content_type="text/event-stream")

    alice.route("**/live/dashboard", cut_off)
    alice.goto("/dashboard")
    until(alice, lambda: alice.evaluate("window.waits.length > 1"), "it was tried again")
    waits = alice.evaluate("window.waits")
    assert any(least <= each <= most for each in waits), waits


def _milliseconds_until(watching: Page, acting: Page, button: str, gone: bool) -> float:
    """From the click on one screen until the called card is there, or gone, on the other.

    Both pages run on this machine, so that their clocks are one.
    """
    watching.evaluate(
        """gone => {
            window.seen = new Promise(resolve => {
                const look = () => Boolean(document.querySelector("#turns article")) !== gone
                    && resolve(performance.timeOrigin + performance.now());
                new MutationObserver(look).observe(document.body, {subtree: true, childList: true});
            });
        }""",
        gone,
    )
    acting.evaluate(
        """() => document.addEventListener("click",
            () => window.clicked = performance.timeOrigin + performance.now(),
            {capture: true, once: true})"""
    )
    acting.get_by_role("button", name=button).click()
    seen = watching.evaluate("window.seen")
    return float(seen - acting.evaluate("window.clicked"))


def state_of(page: Page) -> object:
    return page.context.storage_state()
