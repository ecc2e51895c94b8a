"""What an organiser does by hand on the day: dragging, searching, saying something to all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitors
from tests.browser.people import (
    accept_questions,
    create_company,
    join,
    live,
    organiser,
    place,
    returning,
    say,
    stand,
    student,
    turn,
    unique,
    waiting,
)

pytestmark = pytest.mark.system

NAMES = ("Alice", "Bob", "Carol")


def queue_of(visitors: Visitors, admin: Page, company: str) -> list[str]:
    """Three students in a company's queue, and the organiser on its page, which is live.

    Returns the students' addresses.
    """
    create_company(admin, company)
    people = [waiting(visitors, name, number_of(admin)) for name in NAMES]
    admin.reload()
    live(admin)
    return people


def number_of(admin: Page) -> int:
    """The id of the company whose page the organiser has open."""
    return int(admin.url.rsplit("/", 1)[1])


def join_unseen(visitors: Visitors, admin: Page, name: str) -> None:
    """Somebody joins, and the organiser's page shows it."""
    waiting(visitors, name, number_of(admin))
    expect(admin.locator("#waiting")).to_contain_text(name)


def order(admin: Page) -> list[str]:
    return [name.split()[0] for name in admin.locator("#waiting .row h3").all_inner_texts()]


def grip(admin: Page, name: str) -> tuple[float, float]:
    """Where the row of somebody is taken."""
    row = admin.locator("#waiting .row", has_text=name)
    box = row.locator("[data-grip]").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def below(row: Locator) -> float:
    box = row.bounding_box()
    assert box
    return box["y"] + box["height"] - 2


def test_a_row_is_dragged_to_its_place_and_everybody_sees_it(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    alice = returning(visitors, queue_of(visitors, admin, acme)[0])
    expect(turn(alice, acme)).to_be_visible()
    x, y = grip(admin, "Alice")
    admin.mouse.move(x, y)
    admin.mouse.down()
    admin.mouse.move(x, below(admin.locator("#waiting .row", has_text="Carol")), steps=8)
    admin.mouse.up()
    expect(admin.locator("#toasts")).to_contain_text("Déplacé")
    assert order(admin) == ["Bob", "Carol", "Alice"]
    expect(place(alice, acme)).to_contain_text("2 personnes devant")
    admin.reload()
    assert order(admin) == ["Bob", "Carol", "Alice"]


def test_a_row_is_dragged_with_a_finger(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = organiser(visitors, has_touch=True)
    admin.set_viewport_size(PHONE)
    queue_of(visitors, admin, acme)
    admin.locator("#waiting").scroll_into_view_if_needed()
    x, y = grip(admin, "Carol")
    top = admin.locator("#waiting .row", has_text="Alice").bounding_box()
    assert top
    finger = admin.context.new_cdp_session(admin)
    finger.send("Input.dispatchTouchEvent", touch("touchStart", x, y))
    for step in range(1, 9):
        to = y + (top["y"] + 2 - y) * step / 8
        finger.send("Input.dispatchTouchEvent", touch("touchMove", x, to))
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(admin.locator("#toasts")).to_contain_text("Déplacé")
    assert order(admin) == ["Carol", "Alice", "Bob"]


def touch(kind: str, x: float, y: float) -> dict[str, object]:
    return {"type": kind, "touchPoints": [{"x": x, "y": y}]}


def test_a_drag_that_is_called_off_changes_nothing(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    queue_of(visitors, admin, acme)
    x, y = grip(admin, "Alice")
    admin.mouse.move(x, y)
    admin.mouse.down()
    admin.mouse.move(x, below(admin.locator("#waiting .row", has_text="Carol")), steps=8)
    assert order(admin) == ["Bob", "Carol", "Alice"]
    join_unseen(visitors, admin, "David")
    admin.keyboard.press("Escape")
    admin.mouse.up()
    assert order(admin) == [*NAMES, "David"]
    admin.reload()
    assert order(admin) == [*NAMES, "David"]


def test_who_joins_during_a_drag_stays_behind(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    queue_of(visitors, admin, acme)
    x, y = grip(admin, "Alice")
    admin.mouse.move(x, y)
    admin.mouse.down()
    admin.mouse.move(x, below(admin.locator("#waiting .row", has_text="Bob")), steps=8)
    join_unseen(visitors, admin, "David")
    # The pointer rests, and the row stays where it was carried.
    assert order(admin) == ["Bob", "Alice", "Carol", "David"]
    admin.mouse.up()
    expect(admin.locator("#toasts")).to_contain_text("Déplacé")
    assert order(admin) == ["Bob", "Alice", "Carol", "David"]


def test_without_a_script_there_are_buttons_and_no_grips(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    queue_of(visitors, admin, acme)
    plain = organiser(visitors, java_script_enabled=False)
    plain.goto(admin.url)
    expect(plain.locator("[data-grip]").first).to_be_hidden()
    row = plain.locator("#waiting .row", has_text="Carol")
    row.get_by_role("button", name="En première place").click()
    assert order(plain) == ["Carol", "Alice", "Bob"]


def test_the_search_answers_while_one_types_and_by_keyboard(visitors: Visitors) -> None:
    company = unique("Énergies")
    admin = organiser(visitors)
    create_company(admin, company)
    admin.goto("/admin/")
    admin.get_by_label("Trouver une entreprise ou un étudiant").press_sequentially(
        company.upper().replace("É", "e")
    )
    expect(admin.locator("#found")).to_contain_text(company)
    admin.keyboard.press("Tab")
    admin.keyboard.press("Tab")
    admin.keyboard.press("Enter")
    expect(admin.locator("h1")).to_have_text(company)


def test_a_message_is_seen_at_once_stays_and_is_kept(visitors: Visitors) -> None:
    admin = organiser(visitors)
    tablet = live(stand(visitors, create_company(admin, unique("Acme"))))
    alice = live(student(visitors, "Alice"))
    say(admin, "La conférence commence")
    for page in (tablet, alice):
        expect(page.locator("#messages .strip-text").first).to_have_text("La conférence commence")
        expect(page.locator("#messages .strip-text").first).to_be_in_viewport()
    expect(alice.locator(".unread-mark")).to_be_visible()
    alice.locator("#messages").get_by_role("button", name="J'ai lu").click()
    for seen in (".strip", ".unread-mark"):
        expect(alice.locator(seen)).to_have_count(0)
    expect(tablet.locator("#messages .strip-text").first).to_have_text("La conférence commence")
    alice.goto("/notifications")
    expect(alice.locator(".strip")).to_have_count(0)
    expect(alice.locator("#notices")).to_contain_text("La conférence commence")


def test_what_a_stand_has_put_away_stays_away_and_the_next_one_comes(visitors: Visitors) -> None:
    admin = organiser(visitors)
    tablet = live(stand(visitors, create_company(admin, unique("Acme"))))
    say(admin, "Premier message")
    strip = tablet.locator("#messages")
    expect(strip).to_contain_text("Premier message")
    strip.get_by_role("button", name="J'ai lu").click()
    expect(tablet.locator(".strip")).to_have_count(0)
    tablet.get_by_role("button", name="Fermer la file").click()
    expect(tablet.locator("#stand")).to_contain_text("File fermée")
    expect(tablet.locator(".strip")).to_have_count(0)
    say(admin, "Second message")
    expect(strip.locator(".strip-text")).to_have_text(["Second message"])


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_an_alert_is_solved_on_the_page_of_all_alerts(
    visitors: Visitors, size: dict[str, int]
) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    admin.set_viewport_size(size)
    accept_questions(admin)
    create_company(admin, acme)
    alice = student(visitors, "Alice")
    join(alice, acme)
    accept_questions(alice)
    alice.goto("/dashboard")
    alice.get_by_role("button", name="Pause").click()
    expect(alice.locator("#status")).to_contain_text("En pause")
    admin.goto("/admin/alerts")
    alert = admin.locator(".alert", has_text=acme)
    alert.get_by_role("button", name="Mettre fin à leur pause").click()
    expect(alert).to_have_count(0)
    expect(alice.locator("#turns")).to_contain_text(acme)


def test_typing_a_company_chooses_its_queue_and_the_number_is_asked(visitors: Visitors) -> None:
    admin = organiser(visitors)
    company = unique("Chosen")
    create_company(admin, company)
    waiting(visitors, "Alice", number_of(admin))
    admin.goto("/admin/messages")
    everyone, queue = (admin.get_by_label(label) for label in ("Tout le monde", "Ceux qui"))
    expect(everyone).not_to_be_checked()
    expect(queue).not_to_be_checked()
    everyone.check()
    admin.get_by_label("Entreprise").press_sequentially(company)
    expect(queue).to_be_checked()
    admin.get_by_label("Message", exact=True).fill("Le stand change de place")
    admin.get_by_role("button", name="Envoyer").click()
    expect(admin.get_by_text("1 étudiant le reçoit")).to_be_visible()
    admin.get_by_role("button", name="Revenir").click()
    expect(admin.get_by_label("Message", exact=True)).to_have_value("Le stand change de place")
    everyone.check()
    expect(admin.get_by_label("Entreprise")).to_have_value("")
