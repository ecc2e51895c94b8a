"""Flows 1 to 8 between a student, a second one, a stand and the organiser, live."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    Visitors,
)
from tests.browser.people import (
    COMPANIES,
    company,
    create_company,
    join,
    live,
    organiser,
    place,
    register,
    sign_in,
    stand,
    student,
    turn,
    unique,
    until,
)


def test_a_fair_runs_live_on_every_screen(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = sign_in(visitors.visitor(DESKTOP))
    link = create_company(admin, acme)
    tablet = stand(visitors, link)
    expect(tablet.locator("h1")).to_have_text(acme)
    live(tablet)

    # Flow 2: the first in an empty queue is called at once; the stand sees who joins.
    alice = register(visitors.visitor(PHONE), "Alice")
    join(alice, acme)
    expect(tablet.locator("#waiting")).to_contain_text("Alice Test")
    alice.goto("/dashboard")
    expect(turn(live(alice), acme)).to_be_visible()
    bob = student(visitors, "Bob")
    join(bob, acme)
    bob.goto("/dashboard")
    expect(place(live(bob), acme)).to_contain_text("1 personne devant")
    expect(place(bob, acme)).to_contain_text("après Alice")
    carol = student(visitors, "Carol")
    join(carol, acme)
    carol.goto("/dashboard")
    expect(place(live(carol), acme)).to_contain_text("2 personnes devant")

    # Flow 3: both screens change at once, and so does everybody's number.
    turn(alice, acme).get_by_role("button", name="Commencer").click()
    expect(alice.locator("#running")).to_contain_text(acme)
    expect(alice.locator("#status")).to_contain_text("En entretien")
    expect(tablet.locator("#in-interview")).to_contain_text("Alice Test")
    expect(tablet.locator("#in-interview time[data-since]")).to_have_text(re.compile(r"\d+:\d\d"))
    expect(place(bob, acme)).to_contain_text("Personne devant")
    expect(place(carol, acme)).to_contain_text("1 personne devant")

    # Flow 4: done, told, and the next one called.
    tablet.locator("#in-interview").get_by_role("button", name="Terminer").click()
    expect(tablet.locator("#completed")).to_contain_text("Alice Test")
    expect(alice.locator("#status")).to_contain_text("En pause")
    expect(alice.locator("#done")).to_contain_text(acme)
    expect(turn(bob, acme)).to_be_visible()
    expect(bob.locator("#urgent")).to_contain_text(acme)

    # Flow 8: only the student makes themselves available again.
    alice.get_by_role("button", name="Repasser disponible").click()
    expect(alice.locator("#status")).to_contain_text("Disponible")

    # «Pas venu» calls the next one; «Je suis là» brings the first back, in their place.
    tablet.locator("#waiting").get_by_role("button", name="Pas venu").click()
    expect(turn(carol, acme)).to_be_visible()
    expect(turn(bob, acme)).to_be_hidden()
    expect(bob.locator("#urgent")).to_be_empty()
    place(bob, acme).get_by_role("button", name="Je suis là").click()
    expect(turn(bob, acme)).to_be_visible()
    expect(turn(carol, acme)).to_be_hidden()


def test_a_turn_rings_once_on_a_device(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.add_init_script("window.rung = []; navigator.vibrate = (pattern) => rung.push(pattern);")
    join(alice, acme)
    until(alice, lambda: len(alice.evaluate("rung")) == 1, "the device rings")
    alice.goto("/dashboard")
    expect(turn(live(alice), acme)).to_be_visible()
    assert alice.evaluate("rung") == []


def test_a_call_is_said_whole_on_the_smallest_phone_unless_its_card_is_in_sight(
    visitors: Visitors,
) -> None:
    acme = unique("Une entreprise dont le nom est assez long")
    tablet = live(stand(visitors, create_company(organiser(visitors), acme, "Hall B, 42")))
    bob, alice = student(visitors, "Bob"), student(visitors, "Alice")
    for person in (bob, alice):
        join(person, acme)
    alice.set_viewport_size({"width": 320, "height": 640})
    for number in range(9):
        company(visitors, unique(f"Zzz {number}"))
    alice.goto(COMPANIES)
    live(alice)
    alice.evaluate("scrollTo(0, document.body.scrollHeight)")
    tablet.locator("#waiting").get_by_role("button", name="Pas venu").click()
    said = alice.locator("#toasts .toast-turn p")
    expect(said).to_contain_text(f"Hall B, 42, {acme}")
    assert said.evaluate("p => p.scrollHeight <= p.clientHeight")
    alice.evaluate("scrollTo(0, 0)")
    expect(alice.locator("#toasts .toast-turn")).to_have_count(0)
    bob.goto("/dashboard")
    place(bob, acme).get_by_role("button", name="Je suis là").click()
    expect(turn(bob, acme)).to_be_visible()
    expect(bob.locator("#urgent")).to_contain_text(acme)
    expect(bob.locator("#toasts .toast-turn")).to_have_count(0)


def test_of_what_came_of_taps_only_the_last_is_said(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = live(stand(visitors, company(visitors, acme)))
    for name, said in (
        ("Faire une pause", "pause"),
        ("Fermer la file", "File fermée"),
        ("Reprendre", "reprend"),
        ("Ouvrir la file", "ouverte"),
    ):
        tablet.get_by_role("button", name=name).click()
        expect(tablet.locator("#toasts .toast-success")).to_have_count(1)
        expect(tablet.locator("#toasts")).to_contain_text(said)


def test_what_is_tapped_on_a_page_changes_that_page_and_its_stream_stays(
    visitors: Visitors,
) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.goto(COMPANIES)
    live(alice)
    # An answer with regions of another page makes the page ask for all of its own again.
    alice.evaluate("() => { window.cuts = 0; cutConnection = () => cuts++; }")
    card = alice.locator("#companies li", has_text=acme)
    card.get_by_role("button", name="Rejoindre la file").click()
    expect(alice.locator("#toasts")).to_contain_text("Position 1,")
    expect(card).to_contain_text("Inscrit en position 1")
    expect(card.get_by_role("button", name="Rejoindre la file")).to_have_count(0)
    assert alice.evaluate("cuts") == 0
    alice.locator("#turns").get_by_role("link", name=acme).click()
    live(alice)
    alice.evaluate("() => { window.cuts = 0; cutConnection = () => cuts++; }")
    alice.get_by_role("button", name="J'y vais").click()
    expect(alice.locator("#turns")).to_contain_text("Le stand sait")
    assert alice.evaluate("cuts") == 0


def test_the_first_tap_on_a_call_that_came_by_itself_starts(visitors: Visitors) -> None:
    """The page has told the stand that the call was seen, before anybody tapped anything."""
    acme = unique("Acme")
    tablet = live(stand(visitors, company(visitors, acme)))
    alice, bob = student(visitors, "Alice"), student(visitors, "Bob")
    for each in (alice, bob):
        join(each, acme)
    bob.goto("/dashboard")
    live(bob)
    with bob.expect_response(lambda answer: answer.url.endswith("/call-receipt")):
        tablet.locator("#waiting").get_by_role("button", name="Pas venu").click()
    turn(bob, acme).get_by_role("button", name="Commencer").click()
    expect(bob.locator("#running")).to_contain_text(acme)
    expect(tablet.locator("#in-interview")).to_contain_text("Bob Test")


def test_a_paused_stand_calls_nobody_and_resumes(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = stand(visitors, company(visitors, acme))
    alice = student(visitors, "Alice")
    join(alice, acme)
    alice.goto("/dashboard")
    expect(turn(live(alice), acme)).to_be_visible()
    tablet.get_by_role("button", name="Faire une pause").click()
    expect(turn(alice, acme)).to_be_hidden()
    expect(place(alice, acme)).to_contain_text("En pause")
    tablet.get_by_role("button", name="Reprendre").click()
    expect(turn(alice, acme)).to_be_visible()


def test_a_new_link_kills_the_old_one_and_its_open_screen(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    old = create_company(admin, acme)
    tablet = live(stand(visitors, old))
    admin.get_by_role("link", name="Nouveau lien").click()
    admin.get_by_role("button", name="Créer un nouveau lien").click()
    expect(tablet.locator("body")).to_contain_text("Token invalide")
    assert admin.get_by_label("Lien du stand").input_value() != old


def shown_to(page: Page) -> tuple[str, list[str]]:
    """What a stand reads in its three columns, but for running times, and what is where."""
    text = re.sub(r"\d+:\d\d", "", page.locator(".columns").inner_text())
    ids = page.locator(".columns [id]").evaluate_all("found => found.map(each => each.id)")
    return text, ids


@pytest.mark.system
def test_a_stands_other_screen_shows_what_it_would_if_it_was_loaded_anew(
    visitors: Visitors,
) -> None:
    acme = unique("Acme")
    link = company(visitors, acme)
    acting, listening = live(stand(visitors, link)), live(stand(visitors, link))
    alice, bob, carol = (student(visitors, name) for name in ("Alice", "Bob", "Carol"))
    for person in (alice, bob, carol):
        join(person, acme)
    early = listening.locator("#waiting .early").first
    expect(early).to_be_visible()
    for name in ("Alice", "Bob"):
        acting.locator("#waiting").get_by_role("button", name="Commencer :").first.click()
        expect(listening.locator("#in-interview")).to_contain_text(name)
        expect(early).to_be_hidden()
        acting.get_by_role("button", name="Terminer").click()
        expect(listening.locator("#completed .lines")).to_contain_text(name)
    dave = student(visitors, "Dave")
    join(dave, acme)
    expect(listening.locator("#waiting")).to_contain_text("Dave Test")
    expect(acting.locator("#waiting")).to_contain_text("Dave Test")
    anew = live(stand(visitors, link))
    assert shown_to(listening) == shown_to(anew)
    assert shown_to(acting) == shown_to(anew)


@pytest.mark.system
def test_a_screen_that_lacks_what_is_to_change_is_sent_anew(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = live(stand(visitors, company(visitors, acme)))
    alice, bob = student(visitors, "Alice"), student(visitors, "Bob")
    for person in (alice, bob):
        join(person, acme)
    row = tablet.locator("#waiting .row", has_text="Bob Test")
    expect(row).to_be_visible()
    row.evaluate("row => row.remove()")
    bob.goto("/dashboard")
    bob.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("En pause")
