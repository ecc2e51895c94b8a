"""A turn is not missed: in the background, and with the page closed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import Server, Visitors
from tests.browser.people import (
    company,
    create_company,
    join,
    live,
    organiser,
    student,
    unique,
    until,
)
from tests.support.chromium import FLAGS
from tests.support.push_service import PushService
from tools.browsers import WHOLE

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if WHOLE is None:
        pytest.skip("Chromium is not installed, and its headless shell cannot notify")
    browser = playwright.chromium.launch(executable_path=WHOLE, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def service() -> Iterator[PushService]:
    service = PushService()
    yield service
    service.close()


@pytest.fixture
def reaching(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Visitors]:
    """Visitors of a server that pushes to a service on this machine."""
    monkeypatch.setenv("JOBFAIR_PUSH_ANYWHERE", "true")
    server = Server(tmp_path)
    server.start()
    visitors = Visitors(browser, server.url)
    yield visitors
    visitors.close()
    server.stop()
    assert visitors.complaints == []


FAKE_PUSH = """(() => {
    const given = %s;
    const subscription = {
        endpoint: given.endpoint,
        options: {},
        toJSON: () => ({endpoint: given.endpoint, keys: {p256dh: given.p256dh, auth: given.auth}}),
        unsubscribe: async () => { localStorage.removeItem("fake-push"); return true; },
    };
    PushManager.prototype.getSubscription = async () => null;
    PushManager.prototype.subscribe = async () => subscription;
})()"""


def test_a_call_is_shown_with_the_page_closed(reaching: Visitors, service: PushService) -> None:
    """The push service of a real browser is not on this machine: ours stands in for it, and what
    it has decrypted is handed to the service worker as the browser would."""
    acme, other = unique("Acme"), unique("Other")
    admin = organiser(reaching)
    create_company(admin, acme)
    create_company(admin, other)
    alice = student(reaching, "Alice")
    alice.context.grant_permissions(["notifications"])
    alice.context.add_init_script(FAKE_PUSH % json.dumps(service.browser().form))
    card = alice.locator("[data-notify=card]")
    alice.goto("/dashboard")
    expect(card).to_be_hidden()
    join(alice, other)
    alice.goto("/dashboard")
    card.get_by_role("button", name="Me prévenir").click()
    expect(card).to_be_hidden()

    join(alice, acme)
    call = service.until(1)[-1]
    assert call.content["title"] == f"C'est votre tour : {acme}"
    shown = push(alice, call.content)
    assert shown == [(call.content["title"], call.content["tag"], call.content["turn"])]
    # Twice is once.
    assert push(alice, call.content) == shown

    alice.goto("/profile")
    switch = alice.locator("[data-notify=switch]")
    expect(switch).to_contain_text("Cet appareil sonne")


def push(page: Page, content: dict[str, object]) -> list[tuple[str, str, int]]:
    """Hand a push to the page's service worker; returns what is shown then."""
    devtools = page.context.new_cdp_session(page)
    versions: list[dict[str, str]] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: versions.extend(event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    until(page, lambda: versions, "the service worker is registered")
    origin = page.evaluate("location.origin")
    registration = versions[-1]["registrationId"]
    devtools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": registration, "data": json.dumps(content)},
    )
    # For as long as a second one would take, which must not come.
    page.wait_for_timeout(500)
    found = page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.ready;
            const shown = await registration.getNotifications();
            return shown.map(({title, tag, data}) => [title, tag, data.turn]);
        }"""
    )
    return [tuple(each) for each in found]


def test_declining_is_remembered(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    join(alice, acme)
    alice.goto("/dashboard")
    card = alice.locator("[data-notify=card]")
    card.get_by_role("button", name="Non merci").click()
    expect(card).to_be_hidden()
    alice.reload()
    live(alice)
    expect(card).to_be_hidden()


def test_an_iphone_is_told_how_to_install(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    alice = student(visitors, "Alice", user_agent=agent)
    alice.context.add_init_script("delete window.PushManager")
    join(alice, acme)
    alice.goto("/dashboard")
    card = alice.locator("[data-notify=card]")
    expect(card).to_contain_text("Sur l'écran d'accueil")
    expect(card.get_by_role("button", name="Me prévenir")).to_be_hidden()


def test_without_network_a_page_says_so(visitors: Visitors) -> None:
    alice = student(visitors, "Alice")
    alice.evaluate("navigator.serviceWorker.ready.then(() => true)")
    alice.goto("/dashboard")
    alice.context.set_offline(True)
    alice.goto("/companies")
    expect(alice.get_by_role("heading", name="Pas de réseau")).to_be_visible()
    alice.context.set_offline(False)
    expect(alice.locator("#companies")).to_be_visible(timeout=15000)
