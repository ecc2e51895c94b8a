"""The page asks whether one is sure in its own words; a password is shown until it is sent."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.conftest import TABLET, Visitors

END = "Terminer l'entretien"


def interviewing(visitors: Visitors) -> Page:
    """A stand's tablet with an interview running, which answers no question by itself."""
    acme = people.unique("Acme")
    link = people.company(visitors, acme)
    address = people.waiting(visitors, "Alice", people.number_of_company(visitors, acme))
    people.start(visitors, address)
    tablet = visitors.visitor(TABLET)
    tablet.goto(link)
    return people.live(tablet)


def test_a_question_is_answered_by_keyboard_and_gives_the_focus_back(visitors: Visitors) -> None:
    tablet = interviewing(visitors)
    end = tablet.locator("#in-interview").get_by_role("button", name=END)
    question = tablet.get_by_role("alertdialog", name="Terminer l'entretien avec Alice Test ?")
    for changes_nothing in ("Escape", "Enter"):
        end.focus()
        tablet.keyboard.press("Enter")
        expect(question).to_be_visible()
        expect(question.get_by_role("button", name="Ne rien changer")).to_be_focused()
        tablet.keyboard.press(changes_nothing)
        expect(question).to_be_hidden()
        expect(end).to_be_focused()
        expect(tablet.locator("#in-interview")).to_contain_text("Alice Test")
    # What the question had covered rests for a moment.
    expect(tablet.locator("[data-settling]")).to_have_count(0)
    tablet.keyboard.press("Enter")
    expect(question.get_by_role("button", name="Ne rien changer")).to_be_focused()
    tablet.keyboard.press("Tab")
    expect(question.get_by_role("button", name=END)).to_be_focused()
    tablet.keyboard.press("Enter")
    expect(tablet.locator("#completed")).to_contain_text("Alice Test")


def test_a_second_tap_does_not_answer_the_question_that_has_come_under_it(
    visitors: Visitors,
) -> None:
    tablet = interviewing(visitors)
    end = tablet.locator("#in-interview").get_by_role("button", name=END)
    question = tablet.locator("#question")
    end.click()
    yes = question.get_by_role("button", name=END)
    box = yes.bounding_box()
    assert box is not None
    spot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tablet.mouse.click(*spot)
    tablet.wait_for_timeout(100)  # For what must not happen.
    expect(question).to_be_visible()
    expect(tablet.locator("[data-settling]")).to_have_count(0)
    tablet.mouse.click(*spot)
    expect(tablet.locator("#completed")).to_contain_text("Alice Test")


def test_who_pauses_while_called_is_asked_before_the_call_is_dropped(visitors: Visitors) -> None:
    acme = people.unique("Acme")
    people.company(visitors, acme)
    alice = people.student(visitors, "Alice")
    alice.goto("/dashboard")
    pause = alice.locator("#status").get_by_role("button", name="Pause")
    pause.click()
    expect(alice.locator("#status")).to_contain_text("Aucun appel")
    alice.locator("#status").get_by_role("button", name="Repasser disponible").click()
    people.join(alice, acme)
    alice.goto("/dashboard")
    people.live(alice)
    expect(people.turn(alice, acme)).to_be_visible()
    pause.click()
    question = alice.get_by_role("alertdialog", name=f"{acme} vous appelle en ce moment")
    question.get_by_role("button", name="Ne rien changer").click()
    expect(people.turn(alice, acme)).to_be_visible()
    pause.click()
    expect(alice.locator("[data-settling]")).to_have_count(0)
    question.get_by_role("button", name="Pause").click()
    expect(people.turn(alice, acme)).to_be_hidden()


def test_a_word_to_the_queue_folds_once_it_is_said(visitors: Visitors) -> None:
    link = people.company(visitors, people.unique("Acme"))
    tablet = people.live(people.stand(visitors, link))
    choice = tablet.locator("#door-sign-choice")
    unfold = choice.locator("summary")
    unfold.click()
    own = choice.get_by_label("Ou avec vos propres mots")
    own.fill("De retour à 14 h")
    choice.get_by_role("button", name="Le dire").click()
    expect(tablet.locator(".door-sign-now")).to_contain_text("De retour à 14 h")
    expect(own).to_be_hidden()
    expect(unfold).to_be_focused()
    unfold.click()
    expect(own).to_have_value("")
    # What is refused stays unfolded, with what was typed.
    own.evaluate("(field) => field.removeAttribute('required')")
    own.fill(" ")
    choice.get_by_role("button", name="Le dire").click()
    expect(choice.locator(".refusal")).to_be_visible()
    expect(own).to_be_visible()


def test_a_password_is_shown_until_it_is_sent(visitors: Visitors) -> None:
    page = visitors.visitor(TABLET)
    page.goto("/login")
    password = page.get_by_label("Mot de passe", exact=True)
    password.fill("correct horse")
    show = page.get_by_role("button", name="Afficher le mot de passe")
    for pressed, kind in (("true", "text"), ("false", "password"), ("true", "text")):
        show.focus()
        page.keyboard.press("Space")
        expect(show).to_have_attribute("aria-pressed", pressed)
        expect(password).to_have_attribute("type", kind)
    page.route("**/login", lambda route: route.abort())
    page.get_by_label("Adresse e-mail").fill("a@b.example")
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    password.press("Enter")
    expect(password).to_have_attribute("type", "password")
