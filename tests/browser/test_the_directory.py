"""Finding a company, planning a day from home, and from a poster into a queue."""

from __future__ import annotations

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.people import (
    COMPANIES,
    PASSWORD,
    company,
    describe,
    join,
    live,
    number_of_company,
    organiser,
    put_messages_away,
    student,
    unique,
    until,
)

pytestmark = pytest.mark.system

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
    for name in (acme, other, unique("Sans file")):
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
    search, little = alice.get_by_role("searchbox"), alice.get_by_role("checkbox", name=LITTLE)
    expect(search).to_be_focused()
    # It would leave nothing of what is found.
    expect(little).to_be_disabled()
    search.fill("")
    little.check()
    search.fill(acme)
    expect(alice.locator("#companies")).to_contain_text("Aucune entreprise")
    alice.reload()
    expect(alice.get_by_role("checkbox", name=re.compile("Attente"))).to_be_checked()
    expect(alice.locator("#companies")).to_contain_text("Aucune entreprise")


LITTLE = re.compile("Attente")

TAPS_TO_A_QUEUE = 5
"""The list, the search, «Stage», «30 min au plus», and «Rejoindre» in the row."""


def test_an_internship_with_little_wait_is_five_taps_and_a_word(visitors: Visitors) -> None:
    field = unique("Fusée")
    wanted, full, elsewhere = unique("Acme"), unique("Pleine"), unique("Autre")
    for name, offer in ((wanted, "internship"), (full, "internship"), (elsewhere, "job")):
        describe(visitors, name, {"sectors": [field], "looking_for": [offer]})
    join(student(visitors, "Bob"), full)
    alice = student(visitors, "Alice")
    taps = taps_on(alice)
    alice.goto("/dashboard")
    alice.get_by_role("navigation").get_by_role("link", name="Entreprises").click()
    live(alice).get_by_role("searchbox").click()
    alice.keyboard.type(field)
    alice.get_by_role("radio", name="Stage").click()
    alice.get_by_role("checkbox", name="30 min").click()
    rows = alice.locator("#companies li.company")
    expect(rows).to_have_count(1)
    rows.get_by_role("button", name=f"Rejoindre la file : {wanted}").click()
    expect(rows).to_contain_text("Inscrit en position 1")
    assert len(taps) == TAPS_TO_A_QUEUE, taps


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
    expect(done).to_contain_text("Voir 2 entreprises")
    stage = alice.get_by_role("radio", name="Stage")
    chips = alice.locator(".browse-chips .chip")
    wide = [each.bounding_box() for each in chips.all()]
    stage.check()
    expect(done).to_contain_text("Voir 1 entreprise")
    # Another number is no other button, and does not rest.
    expect(done).not_to_have_attribute("data-settling", "", timeout=1)
    chip = alice.locator("label.chip", has_text="30 min")
    before = chip.locator("span").evaluate(FILLED)
    alice.get_by_role("checkbox", name=re.compile("Attente")).check()
    expect(filters).to_have_text("Filtres (1)")
    assert chip.locator("span").evaluate(FILLED) != before
    assert [each.bounding_box() for each in chips.all()] == wide
    done.click()
    expect(alice.locator("#filters")).not_to_have_attribute("open", "")
    expect(rows).to_have_count(1)
    stage.click()
    expect(stage).not_to_be_checked()
    expect(rows).to_have_count(2)
    expect(alice).to_have_url(re.compile("wait=short"))
    join(student(visitors, "Bob"), other)
    alice.reload()
    expect(rows).to_have_count(1)
    alice.get_by_role("link", name=f"Retirer le filtre Fusée {acme}").click()
    filters.click()
    alice.get_by_role("link", name="Effacer les filtres").click()
    expect(filters).to_have_text("Filtres")
    expect(alice.get_by_role("checkbox", name=re.compile("Attente"))).not_to_be_checked()


def test_a_chip_that_would_leave_nothing_says_so_and_follows(visitors: Visitors) -> None:
    acme = unique("Acme")
    describe(visitors, acme, {"looking_for": ["internship"]})
    company(visitors, unique("Sans file"))
    alice = student(visitors, "Alice")
    alice.goto(f"/companies?q={acme}")
    live(alice)
    little = alice.get_by_role("checkbox", name=re.compile("Attente"))
    expect(alice.get_by_role("radio", name="Stage")).to_be_enabled()
    expect(little).to_be_enabled()
    join(student(visitors, "Bob"), acme)
    join(student(visitors, "Carol"), acme)
    expect(little).to_be_disabled()
    alice.get_by_role("searchbox").fill("")
    expect(little).to_be_enabled()


MARKS = ("mark", "plate")
AT_HAND = """each => {
    const {left, right, top, bottom} = each.getBoundingClientRect();
    const spot = document.elementFromPoint((left + right) / 2, bottom - 4);
    return each.contains(spot);
}"""


def test_on_the_smallest_phone_every_filter_is_in_sight_and_the_stand_beside_its_mark(
    visitors: Visitors,
) -> None:
    acme = unique("Acme Saint-Roch")
    describe(visitors, acme, {"sectors": ["Fusées"]})
    desk = organiser(visitors)
    desk.goto(f"/admin/companies/{number_of_company(visitors, acme)}")
    desk.locator("#stand").fill("B3")
    desk.locator("#hall").fill("Hall B")
    desk.locator("form:has(#stand) button[type=submit]").click()
    alice = student(visitors, "Alice")
    alice.set_viewport_size({"width": 320, "height": 640})
    alice.goto(f"/companies?q={acme}")
    put_messages_away(live(alice)).locator("#filters summary").click()
    fields = alice.locator("#choices :is(select, .button)")
    expect(fields).to_have_count(5)
    # What has just moved under a finger is met by none for a moment.
    at_hand = partial(fields.evaluate_all, f"every => every.every({AT_HAND})")
    until(alice, at_hand, "every filter is at hand")
    alice.keyboard.press("Escape")
    alice.get_by_role("link", name=acme).click()
    expect(alice.locator("#company")).to_be_visible()
    mark, plate = (alice.locator(f".company-head .{each}").bounding_box() for each in MARKS)
    assert mark is not None
    assert plate is not None
    assert abs(mark["y"] + mark["height"] / 2 - plate["y"] - plate["height"] / 2) < 8


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
    live(alice).get_by_role("link", name="Retour à la liste").click()
    expect(alice.get_by_role("searchbox")).to_have_value(acme)
    alice.goto("/my-day")
    # The tab leads to all of it, though one has come from a part.
    alice.get_by_role("navigation").get_by_role("link", name="Entreprises").click()
    expect(alice).to_have_url(re.compile("/companies$"))
    expect(alice.get_by_role("searchbox")).to_have_value("")


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
    expect(day).to_contain_text(f"Personne n'attend chez {acme}")
    join(student(visitors, "Bob"), acme)
    expect(day).not_to_contain_text("Personne n'attend chez")
    expect(day).to_contain_text("Mes favoris")
    expect(day).to_contain_text(f"Commencez par : {acme}")
    day.locator(".day-next").get_by_role("button", name="Rejoindre la file").click()
    expect(day).to_contain_text("Inscrit en position 2")


def test_the_filters_go_by_a_tap_beside_them_or_by_the_keyboard(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.goto(f"/companies?q={acme}")
    put_messages_away(live(alice))
    filters = alice.locator("#filters")
    for button in ("a[href^='/companies/']", "button[type=submit]"):
        filters.locator("summary").click()
        # What lies under the tap is not meant.
        alice.locator(f"#companies li.company {button}").first.dispatch_event("click")
        expect(filters).not_to_have_attribute("open", "")
        expect(alice).to_have_url(re.compile(r"/companies\?q=Acme"))
    expect(alice.locator("#companies [aria-pressed=true], .company-mine")).to_have_count(0)
    filters.locator("summary").press("Enter")
    expect(filters).to_have_attribute("open", "")
    alice.locator("#companies").focus()
    expect(filters).not_to_have_attribute("open", "")


def test_more_of_the_list_comes_below_the_row_that_is_read(visitors: Visitors) -> None:
    many = unique("Acme")
    for number in range(20):
        company(visitors, f"{many} {number}")
    alice = student(visitors, "Alice")
    alice.set_viewport_size(PHONE)
    alice.goto(f"/companies?q={many}")
    put_messages_away(live(alice))
    rows = alice.locator("#companies li.company")
    alice.locator("#more").scroll_into_view_if_needed()
    before = rows.nth(13).bounding_box()
    alice.locator("#more").click()
    expect(rows).to_have_count(20)
    after = rows.nth(13).bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < before["height"]


KEY_MS = 170
"""Between two keys of somebody who types quickly with a thumb."""


def test_a_search_is_sent_once_the_typing_pauses(visitors: Visitors) -> None:
    bob = student(visitors, "Bob")
    bob.goto("/companies")
    live(bob)
    asked: list[str] = []
    bob.on("request", lambda each: asked.append(each.url) if "/companies?q=" in each.url else None)
    bob.clock.install()
    field = bob.locator("#search-text")
    for key in "robotique":
        field.press(key)
        bob.clock.run_for(KEY_MS)
    assert asked == []
    with bob.expect_response(re.compile(r"/companies\?q=robotique")):
        bob.clock.run_for(1000)
    assert len(asked) == 1
