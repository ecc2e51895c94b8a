"""A network that is slow, goes away, or loses an answer: nothing typed or tapped is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.people import (
    COMPANIES,
    PASSWORD,
    company,
    create_company,
    join,
    live,
    organiser,
    stand,
    student,
    turn,
    unique,
    until,
)

pytestmark = pytest.mark.system

USABLE_WITHIN_MS = 2000
"""On top of what the page takes on a fast network, on this machine just now."""

TRIES = 4
SLOW = {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
"""A phone at the edge of a full hall: 400 kbit/s, 400 ms there and back."""


def card(page: Page, company: str):
    return page.locator("#companies li", has=page.get_by_role("heading", name=company, exact=True))


def choosing(visitors: Visitors) -> tuple[str, Page]:
    """A company, and somebody who has the list of companies open, live."""
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.goto(COMPANIES)
    return acme, live(alice)


def test_what_is_tapped_without_a_network_is_sent_once_when_it_is_back(visitors: Visitors) -> None:
    acme, alice = choosing(visitors)
    alice.context.set_offline(True)
    button = card(alice, acme).get_by_role("button", name="Rejoindre la file")
    button.click()
    expect(alice.locator("#toasts")).to_contain_text("Pas encore envoyé")
    button.click()
    assert alice.evaluate("unsent().length") == 1
    alice.context.set_offline(False)
    expect(alice.locator("#toasts")).to_contain_text("Position 1,")
    expect(alice.locator("#toasts .toast-unsent")).to_have_count(0)
    expect(turn(alice, acme)).to_be_visible()
    assert alice.evaluate("unsent().length") == 0


def test_several_taps_are_sent_in_order(visitors: Visitors) -> None:
    names = [unique("Acme") for _ in range(3)]
    admin = organiser(visitors)
    for name in names:
        create_company(admin, name)
    alice = student(visitors, "Alice")
    alice.goto(COMPANIES)
    live(alice)
    sent: list[str] = []
    alice.on("request", lambda request: sent.append(request.url) if "join" in request.url else None)
    alice.context.set_offline(True)
    for name in reversed(names):
        card(alice, name).get_by_role("button", name="Rejoindre la file").click()
    expect(alice.locator("#toasts .toast-unsent")).to_have_count(1)
    tapped = list(sent)
    sent.clear()
    alice.context.set_offline(False)
    for name in names:
        expect(card(alice, name)).to_contain_text("Inscrit en position 1")
    assert sent == tapped


def test_an_answer_that_got_lost_comes_when_it_is_asked_for_again(visitors: Visitors) -> None:
    acme, alice = choosing(visitors)
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append((route.request.post_data or "").split("idempotency_key=")[1])
        answer = route.fetch()
        if len(keys) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    alice.route("**/join", lose_the_first)
    card(alice, acme).get_by_role("button", name="Rejoindre la file").click()
    expect(alice.locator("#toasts")).to_contain_text("Position 1,")
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_what_is_refused_when_it_gets_there_is_said_to_be(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = stand(visitors, company(visitors, acme))
    alice = student(visitors, "Alice")
    alice.goto(COMPANIES)
    live(alice)
    alice.context.set_offline(True)
    card(alice, acme).get_by_role("button", name="Rejoindre la file").click()
    expect(alice.locator("#toasts .toast-unsent")).to_be_visible()
    tablet.get_by_role("button", name="Fermer la file").click()
    expect(tablet.get_by_role("button", name="Ouvrir la file")).to_be_visible()
    alice.context.set_offline(False)
    expect(alice.locator("#toasts .toast-error")).to_contain_text("File fermée")
    assert alice.evaluate("unsent().length") == 0


def test_what_waits_survives_a_page_that_is_loaded_anew(visitors: Visitors) -> None:
    acme, alice = choosing(visitors)
    alice.route("**/join", lambda route: route.abort())
    card(alice, acme).get_by_role("button", name="Rejoindre la file").click()
    expect(alice.locator("#toasts .toast-unsent")).to_be_visible()
    alice.unroute("**/join")
    alice.goto("/dashboard")
    expect(turn(alice, acme)).to_be_visible()


def test_what_waited_too_long_is_not_sent_any_more(visitors: Visitors) -> None:
    acme, alice = choosing(visitors)
    alice.context.set_offline(True)
    card(alice, acme).get_by_role("button", name="Rejoindre la file").click()
    expect(alice.locator("#toasts .toast-unsent")).to_be_visible()
    alice.evaluate("keepUnsent(unsent().map((each) => ({...each, at: each.at - 11 * 60_000})))")
    alice.context.set_offline(False)
    expect(alice.locator("#toasts .toast-error")).to_contain_text("trop longtemps")
    alice.goto("/dashboard")
    expect(alice.locator("#queues")).not_to_contain_text(acme)


def test_who_signs_out_leaves_nothing_behind(visitors: Visitors) -> None:
    acme, alice = choosing(visitors)
    alice.route("**/join", lambda route: route.abort())
    card(alice, acme).get_by_role("button", name="Rejoindre la file").click()
    expect(alice.locator("#toasts .toast-unsent")).to_be_visible()
    alice.goto("/profile")
    assert alice.evaluate("unsent().length") == 1
    alice.get_by_role("button", name="Se déconnecter").click()
    expect(alice).to_have_url("/")
    assert alice.evaluate("sessionStorage.getItem('jobfair-unsent')") is None


NO_STORAGE = """for (const name of ["sessionStorage", "localStorage"]) {
    Object.defineProperty(window, name, {get() { throw new DOMException("no", "SecurityError"); }});
}"""


def test_a_tap_is_kept_where_the_browser_blocks_its_storage(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.add_init_script(NO_STORAGE)
    alice.goto(COMPANIES)
    live(alice)
    alice.context.set_offline(True)
    card(alice, acme).get_by_role("button", name="Rejoindre la file").click()
    expect(alice.locator("#toasts .toast-unsent")).to_contain_text("Gardez cette page ouverte")
    alice.context.set_offline(False)
    expect(alice.locator("#toasts")).to_contain_text("Position 1,")
    # In sight, so no toast says it too.
    expect(turn(alice, acme)).to_be_visible()


def test_a_tap_after_the_session_is_sent_once_its_user_is_back(visitors: Visitors) -> None:
    acme, alice = choosing(visitors)
    address = end_session(alice)
    card(alice, acme).get_by_role("button", name="Rejoindre la file").click()
    expect(alice).to_have_url(re.compile("/login"))
    expect(alice.locator("#toasts")).to_contain_text("Ce que vous avez touché est gardé")
    sign_in_as(alice, address)
    expect(alice).to_have_url(COMPANIES)
    expect(alice.locator("#toasts")).to_contain_text("Position 1,")
    assert alice.evaluate("unsent().length") == 0


def test_and_is_sent_by_nobody_else(visitors: Visitors) -> None:
    acme, alice = choosing(visitors)
    end_session(alice)
    card(alice, acme).get_by_role("button", name="Rejoindre la file").click()
    expect(alice).to_have_url(re.compile("/login"))
    bob = student(visitors, "Bob")
    sign_in_as(alice, address_of(bob))
    expect(alice).to_have_url(COMPANIES)
    until(alice, lambda: alice.evaluate("unsent().length") == 0, "nothing waits any more")
    alice.goto("/dashboard")
    expect(turn(alice, acme)).to_have_count(0)


def address_of(page: Page) -> str:
    """Who is signed in there."""
    profile = page.context.request.get("/profile").text()
    return re.search(r"[\w.]+@fair\.example", profile)[0]


def end_session(page: Page) -> str:
    """Their sign-in is over, which the page does not know yet; returns their address."""
    address = address_of(page)
    page.route("**/live/**", lambda route: route.abort())
    page.context.clear_cookies()
    return address


def sign_in_as(page: Page, address: str) -> None:
    page.unroute("**/live/**")
    page.get_by_label("Adresse e-mail").fill(address)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def test_a_page_without_connection_says_how_old_it_is(visitors: Visitors) -> None:
    alice = live(student(visitors, "Alice"))
    alice.context.set_offline(True)
    # Chromium leaves the open stream open, and whatever comes through it says that all is well.
    alice.evaluate("reconnect()")
    expect(alice.locator("#connection")).to_be_visible(timeout=10_000)
    alice.evaluate("rightAt -= 3 * 60_000")
    expect(alice.locator("#connection .age")).to_contain_text("il y a 3")
    alice.context.set_offline(False)
    expect(alice.locator("#connection")).to_be_hidden()


def test_a_form_that_leads_elsewhere_stays_with_what_was_typed(visitors: Visitors) -> None:
    alice = student(visitors, "Alice")
    alice.goto("/profile")
    alice.context.set_offline(True)
    alice.get_by_label("Prénom").fill("Alicia")
    alice.get_by_role("button", name="Enregistrer").click()
    expect(alice.locator("#toasts .toast-error")).to_be_visible()
    expect(alice.get_by_label("Prénom")).to_have_value("Alicia")


def test_a_note_being_typed_survives_what_happens_meanwhile(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = stand(visitors, company(visitors, acme))
    alice, bob = student(visitors, "Alice"), student(visitors, "Bob")
    join(alice, acme)
    alice.goto("/dashboard")
    turn(alice, acme).get_by_role("button", name="Je suis sur place, commencer").click()
    live(tablet)
    tablet.get_by_text("Écrire une note").click()
    field = tablet.get_by_role("textbox", name="Note : Alice Test")
    field.fill("Très à l'aise,\nà rappeler")
    join(bob, acme)
    expect(tablet.locator("#waiting")).to_contain_text("Bob Test")
    tablet.get_by_role("button", name="Faire une pause").click()
    expect(tablet.get_by_role("button", name="Reprendre")).to_be_visible()
    expect(field).to_be_visible()
    expect(field).to_have_value("Très à l'aise,\nà rappeler")
    tablet.get_by_role("button", name="Garder la note").click()
    expect(tablet.locator("#toasts")).to_contain_text("Note gardée")
    tablet.get_by_role("button", name="Terminer l'entretien").click()
    expect(tablet.locator("#completed")).to_contain_text("Alice Test")
    tablet.reload()
    tablet.locator("#completed summary").click()
    expect(tablet.get_by_role("textbox", name="Note : Alice Test")).to_have_value(
        "Très à l'aise,\nà rappeler"
    )


def test_the_first_page_is_usable_soon_on_a_slow_network(visitors: Visitors) -> None:
    """Nothing of it is there from an earlier visit."""
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    join(alice, acme)
    for path, state in (("/", None), ("/dashboard", alice.context.storage_state())):
        fast = _milliseconds_until_painted(visitors, path, state, {})
        tries = (_milliseconds_until_painted(visitors, path, state, SLOW) for _ in range(TRIES))
        # Other tests run beside this one; the best is the nearest to an idle machine.
        assert any(took < fast + USABLE_WITHIN_MS for took in tries), path


def _milliseconds_until_painted(
    visitors: Visitors, path: str, state: object, network: dict[str, float]
) -> float:
    page = visitors.visitor(PHONE, storage_state=state)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    if network:
        cdp.send("Network.emulateNetworkConditions", {"offline": False, **network})
    page.goto(path, wait_until="commit")
    page.wait_for_selector("main .button")
    painted = page.evaluate(
        """() => new Promise(resolve => new PerformanceObserver((list) => {
            const found = list.getEntriesByName("first-contentful-paint")[0];
            if (found) resolve(found.startTime);
        }).observe({type: "paint", buffered: true}))"""
    )
    page.context.close()
    return float(painted)
