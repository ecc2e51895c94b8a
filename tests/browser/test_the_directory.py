"""Finding a company, planning a day from home, and from a poster into a queue."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.people import (
    COMPANIES,
    PASSWORD,
    company,
    describe,
    join,
    live,
    student,
    unique,
)

MOST_TAPS = 3
"""On the poster's page, into the form's first field, and on the form's button; the keyboard leads
from one field to the next."""


def number_of(person: Page, company: str) -> str:
    """A company's id, as its row says it."""
    person.goto(f"/companies?q={company}")
    row = person.locator("#companies li.company").first
    return (row.get_attribute("id") or "").removeprefix("company-")


def taps_on(page: Page) -> list[str]:
    """The addresses on which a finger has tapped since, as the browser counts its taps."""
    tapped: list[str] = []
    page.expose_binding("noteTapOfTest", lambda source: tapped.append(source["page"].url))
    page.add_init_script("addEventListener('pointerup', () => noteTapOfTest(), true)")
    return tapped


def test_from_a_poster_to_a_place_in_three_taps_and_the_form(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    bob = student(visitors, "Bob")
    number = number_of(bob, acme)
    person = visitors.visitor(PHONE)
    taps = taps_on(person)
    person.goto(f"/join/{number}")
    expect(live(person).get_by_role("heading", name=acme)).to_be_visible()
    expect(person.locator("#company")).to_contain_text("Personne", ignore_case=True)
    # Somebody joins meanwhile, and the page says so to who is not signed in.
    join(bob, acme)
    expect(person.locator("#company")).to_contain_text("1 en attente")
    join_with = "Créer un compte et rejoindre"
    person.locator("main").get_by_text(join_with, exact=True).click()
    address = person.get_by_label("Adresse e-mail")
    if not address.evaluate("(field) => field === document.activeElement"):
        address.click()
    address.fill(f"{unique('zoe').replace(' ', '')}@x.example")
    person.get_by_label("Mot de passe").fill(PASSWORD)
    person.get_by_label("Prénom").fill("Zoé")
    person.get_by_label("Nom", exact=True).fill("Test")
    person.locator("main").get_by_text(join_with, exact=True).click()
    expect(person).to_have_url(f"/companies/{number}")
    expect(person.locator("#company")).to_contain_text("Inscrit en position 2")
    # No tap was wasted on what had just come under the finger, or on a question.
    assert 2 <= len(taps) <= MOST_TAPS, taps


def test_what_is_typed_and_chosen_stays_through_pushes_and_in_the_address(
    visitors: Visitors,
) -> None:
    acme, other = unique("Société Zénith"), unique("Autre")
    for name in (acme, other):
        company(visitors, name)
    alice = student(visitors, "Alice")
    alice.goto(COMPANIES)
    live(alice)
    alice.get_by_role("searchbox").press_sequentially(acme.lower().replace("é", "e"))
    rows = alice.locator("#companies li.company")
    expect(rows).to_have_count(1)
    expect(alice).to_have_url(re.compile(r"/companies\?q=societe"))
    live(alice)
    bob = student(visitors, "Bob")
    join(bob, other)
    join(bob, acme)
    expect(rows).to_contain_text("1 en attente")
    expect(rows).to_have_count(1)
    expect(alice.get_by_role("searchbox")).to_be_focused()
    alice.get_by_role("checkbox", name=re.compile("Attente")).check()
    expect(alice.locator("#companies")).to_contain_text("Aucune entreprise")
    alice.reload()
    expect(alice.get_by_role("checkbox", name=re.compile("Attente"))).to_be_checked()
    expect(alice.locator("#companies")).to_contain_text("Aucune entreprise")


FILLED = "element => getComputedStyle(element).backgroundColor"


def test_several_choices_in_one_opening_of_the_filters_and_each_taken_back_by_a_tap(
    visitors: Visitors,
) -> None:
    acme, other = unique("Acme"), unique("Autre")
    for name, offer in ((acme, "internship"), (other, "job")):
        describe(visitors, name, {"sectors": [f"Fusée {acme}"], "looking_for": [offer]})
    alice = student(visitors, "Alice")
    alice.goto(f"/companies?sector=Fus%C3%A9e+{acme}")
    live(alice)
    rows = alice.locator("#companies li.company")
    expect(rows).to_have_count(2)
    filters, done = alice.locator("#filters summary"), alice.locator("#filters-done")
    filters.click()
    alice.get_by_role("radio", name="Stage").check()
    expect(done).to_contain_text("Voir 1 entreprise")
    # Another number is no other button, and does not rest.
    expect(done).not_to_have_attribute("data-settling", "", timeout=1)
    chip = alice.locator("label.chip", has_text="20 min")
    before = chip.locator("span").evaluate(FILLED)
    alice.get_by_role("checkbox", name=re.compile("Attente")).check()
    expect(filters).to_have_text("Filtres (3)")
    assert chip.locator("span").evaluate(FILLED) != before
    done.click()
    expect(alice.locator("#filters")).not_to_have_attribute("open", "")
    expect(rows).to_have_count(1)
    alice.get_by_role("link", name="Retirer le filtre Stage").click()
    expect(rows).to_have_count(2)
    expect(filters).to_have_text("Filtres (2)")
    expect(alice).to_have_url(re.compile("wait=short"))
    join(student(visitors, "Bob"), other)
    alice.reload()
    expect(rows).to_have_count(1)
    alice.get_by_role("link", name=f"Retirer le filtre Fusée {acme}").click()
    filters.click()
    alice.get_by_role("link", name="Effacer les filtres").click()
    expect(filters).to_have_text("Filtres")
    expect(alice.get_by_role("checkbox", name=re.compile("Attente"))).not_to_be_checked()


def test_the_list_is_found_again_as_it_was_left(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.goto("/companies?sort=wait")
    live(alice)
    alice.get_by_role("searchbox").press_sequentially(acme)
    expect(alice).to_have_url(re.compile(r"q=Acme"))
    alice.get_by_role("link", name=acme).click()
    expect(alice).to_have_url(re.compile(r"/companies/\d+$"))
    alice.get_by_role("link", name="Retour à la liste").click()
    expect(alice.get_by_role("searchbox")).to_have_value(acme)
    alice.goto("/my-day")
    alice.get_by_role("link", name="Entreprises").first.click()
    expect(alice.get_by_role("searchbox")).to_have_value(acme)
    expect(alice).to_have_url(re.compile("sort=wait"))


def test_large_letters_leave_a_row_its_words_and_the_screen_its_list(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    join(alice, acme)
    for width in (390, 320):
        alice.set_viewport_size({"width": width, "height": 844})
        alice.goto(f"/companies?q={acme}")
        alice.evaluate("document.documentElement.style.fontSize = '200%'")
        row = alice.locator("#companies li.company").first
        words, whole = row.get_by_role("heading").bounding_box(), row.bounding_box()
        bars = [alice.locator(each).bounding_box() for each in (".top", ".tabs")]
        assert words is not None
        assert whole is not None
        assert words["width"] > 0.8 * whole["width"]
        assert whole["height"] < 600
        assert sum(each["height"] for each in bars if each is not None) < 844 / 3


def test_a_day_is_planned_from_home(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.goto(f"/companies?q={acme}")
    live(alice)
    star = alice.get_by_role("button", name=f"Favori : {acme}")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    # Entered twice, it would be taken back: the focus stays near it.
    expect(alice.locator("section:focus")).to_have_count(1)
    alice.get_by_role("link", name="Ma journée").click()
    day = live(alice).locator("#day")
    expect(day).to_contain_text("Personne n'attend en ce moment")
    join(student(visitors, "Bob"), acme)
    expect(day).not_to_contain_text("Personne n'attend en ce moment")
    expect(day).to_contain_text("Mes favoris")
    day.get_by_role("button", name="Rejoindre la file").click()
    expect(day).to_contain_text("Inscrit en position 2")
