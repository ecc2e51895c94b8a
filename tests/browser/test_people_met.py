"""A student lets stands see who comes; a recruiter goes from the link to the list taken home."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.people import (
    company,
    live,
    number_of_company,
    returning,
    stand,
    start,
    unique,
    waiting,
)

STUDENTS_TAPS = 2
"""From the dashboard to what stands see, beside what is typed."""

RECRUITERS_TAPS = 5
"""A verdict is three of them: unfold, choose, keep. The list and its file are two."""


def test_who_comes_and_what_comes_of_it(visitors: Visitors) -> None:
    acme = unique("Acme")
    link = company(visitors, acme)
    address = waiting(visitors, "Zoe", number_of_company(visitors, acme))
    tablet = live(stand(visitors, link))
    expect(tablet.locator(".row-called")).to_contain_text("Zoe")
    zoe = returning(visitors, address)
    taps = 0
    for tap in ("Choisir ce qu'ils voient", "Le montrer aux stands"):
        if taps:
            zoe.get_by_label("Études").fill("Zoologie")
            zoe.get_by_label("Mon adresse e-mail aussi").check()
        zoe.locator("main").get_by_text(tap, exact=True).click()
        taps += 1
    assert taps == STUDENTS_TAPS
    # Pushed to the stand, and taken back from it.
    expect(tablet.locator(".row-called .introduction-line")).to_contain_text("Zoologie")
    zoe.get_by_role("button", name="Ne rien montrer aux stands").click()
    expect(tablet.locator(".row-called .introduction")).to_have_count(0)
    zoe.get_by_role("button", name="Le montrer aux stands").click()

    start(visitors, address)
    program = visitors.program
    (running,) = program.get(f"/api/companies/{link.rsplit('/', 1)[1]}/").json()["in_interview"]
    assert program.post(f"/api{link}/queues/{running['id']}/complete/").ok
    met = tablet.locator("#completed li", has_text="Zoe")
    expect(met).to_contain_text("Zoologie")
    way = (
        met.get_by_text("Écrire une note"),
        met.get_by_text("À revoir"),
        met.get_by_role("button", name="Garder la note"),
        tablet.get_by_role("link", name="Nos rencontres"),
    )
    for tap in way:
        expect(met.locator("summary b")).to_have_count(int(tap is way[-1]))
        tap.click()
    expect(tablet.locator("#met summary b")).to_have_text("À revoir")
    with tablet.expect_download() as download:
        tablet.get_by_role("link", name="Fichier Excel").click()
    assert len(way) + 1 == RECRUITERS_TAPS
    assert download.value.suggested_filename.endswith(".xlsx")
