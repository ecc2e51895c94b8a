"""Each audience's main journey with Tab, Enter and Space alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.people import (
    company,
    create_company,
    join,
    live,
    organiser,
    stand,
    student,
    turn,
    unique,
)

MOST_TABS = 500


def tab_to(page: Page, words: str) -> None:
    """Go on with Tab until what has the focus says these words; the focus is seen all the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
              const { textContent, ariaLabel } = document.activeElement;
              const name = `${textContent} ${ariaLabel}`.replace(/\\s+/g, " ");
              return [name, outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
            }"""
        )
        if page.evaluate("document.activeElement === document.body"):
            continue
        assert focused[1], focused
        if words in focused[0]:
            return
    raise AssertionError(f"Tab does not lead to «{words}»")


def has_focus_within(page: Page, region: str) -> None:
    """After something was done the focus is where it was done, not lost at the page's head."""
    expect(page.locator(f"{region}:focus, {region} :focus")).to_have_count(1)


def test_a_student_joins_starts_and_comes_back(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = stand(visitors, company(visitors, acme))
    alice = student(visitors, "Alice")
    tab_to(alice, "Entreprises")
    alice.keyboard.press("Enter")
    expect(alice).to_have_url("/companies")
    live(alice).get_by_role("searchbox").focus()
    alice.keyboard.type(acme)
    expect(alice.locator("#companies li")).to_have_count(1)
    tab_to(alice, f"Rejoindre la file : {acme}")
    alice.keyboard.press("Space")
    expect(alice.locator("#toasts")).to_contain_text("Inscrit chez")
    has_focus_within(alice, "#companies")
    alice.goto("/dashboard")
    live(alice)
    expect(turn(alice, acme)).to_be_visible()
    tab_to(alice, "Je suis sur place, commencer")
    alice.keyboard.press("Enter")
    expect(alice.locator("#running")).to_contain_text(acme)
    has_focus_within(alice, "#running")
    tablet.locator("#in-interview").get_by_role("button", name="Terminer").click()
    tab_to(alice, "Repasser disponible")
    alice.keyboard.press("Space")
    expect(alice.locator("#status")).to_contain_text("Disponible")
    has_focus_within(alice, "#status")


def test_a_stand_sets_aside_ends_and_pauses(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = live(stand(visitors, company(visitors, acme)))
    alice = student(visitors, "Alice")
    join(alice, acme)
    tab_to(tablet, "Pas venu : Alice Test")
    tablet.keyboard.press("Enter")
    expect(tablet.locator("#waiting")).to_contain_text("Mis de côté")
    has_focus_within(tablet, "#waiting")
    alice.goto("/dashboard")
    alice.get_by_role("button", name="Je suis là").click()
    turn(alice, acme).get_by_role("button", name="Commencer").click()
    expect(tablet.locator("#in-interview")).to_contain_text("Alice Test")
    tab_to(tablet, "Terminer l'entretien : Alice Test")
    tablet.keyboard.press("Space")
    expect(tablet.locator("#completed")).to_contain_text("Alice Test")
    has_focus_within(tablet, "#in-interview")
    tab_to(tablet, "Faire une pause")
    tablet.keyboard.press("Enter")
    expect(tablet.locator("#stand")).to_contain_text("Reprendre")
    has_focus_within(tablet, "#stand")


def test_an_organiser_finds_moves_and_asks_before_deleting(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    create_company(admin, acme)
    for name in ("Alice", "Bob"):
        join(student(visitors, name), acme)
    admin.goto("/admin/")
    tab_to(admin, "Aller au contenu")
    admin.keyboard.press("Enter")
    while not admin.evaluate("document.activeElement.id === 'search-text'"):
        admin.keyboard.press("Tab")
    admin.keyboard.type(acme)
    expect(admin.locator("#found")).to_contain_text(acme)
    tab_to(admin, acme)
    admin.keyboard.press("Enter")
    expect(admin.locator("h1")).to_have_text(acme)
    tab_to(admin, "En première place : Bob Test")
    admin.keyboard.press("Space")
    expect(admin.locator("#waiting .row h3").first).to_have_text("Bob Test")
    has_focus_within(admin, "#waiting")
    tab_to(admin, "Supprimer…")
    admin.keyboard.press("Enter")
    expect(admin.get_by_role("link", name="Revenir")).to_be_visible()
    tab_to(admin, "Revenir")
    admin.keyboard.press("Enter")
    expect(admin.locator("h1")).to_have_text(acme)


def test_a_turn_is_read_out_once_and_a_number_is_not(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = live(stand(visitors, company(visitors, acme)))
    alice, bob, carol = (student(visitors, name) for name in ("Alice", "Bob", "Carol"))
    for each in (alice, bob, carol):
        join(each, acme)
        each.goto("/dashboard")
        live(each)
    for each in (bob, carol):
        listen(each)
    tablet.locator("#waiting").get_by_role("button", name="Pas venu").click()
    expect(turn(bob, acme)).to_be_visible()
    bob.get_by_role("button", name="Commencer").click()
    expect(carol.locator("#queues")).to_contain_text("1 personne devant")
    assert [words for words in heard(bob) if acme in words] == [f"C'est votre tour : {acme}"]
    assert heard(carol) == [f"Bientôt votre tour chez {acme} : restez à proximité"]


def listen(page: Page) -> None:
    """Note what a screen reader would say by itself: text that comes into a live region."""
    page.evaluate(
        """() => {
          window.readOut = [];
          const regions = "[aria-live], [role=status], [role=alert]";
          new MutationObserver((changes) => {
            for (const { target, addedNodes } of changes) for (const node of addedNodes) {
              const element = node.nodeType === 1 ? node : node.parentElement ?? target;
              const region = element?.closest(regions);
              const text = node.textContent.trim();
              if (region && region.ariaLive !== "off" && text) window.readOut.push(text);
            }
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
        }"""
    )


def heard(page: Page) -> list[str]:
    return list(page.evaluate("window.readOut"))
