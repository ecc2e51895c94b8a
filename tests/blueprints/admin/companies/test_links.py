"""The stands' links all at once: a file, PINs for those without, and one large on the screen."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest

from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Company, JournalRow
from jobfair.queries.admin import roster
from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.security.hashing.passwords import verify
from jobfair.services.access import pins
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from tests.support import factories, sheets

ADMIN = actors.admin(1)


@pytest.fixture
def stands(app):
    opened = factories.company("Acme", stand="A 1", hall="Hall A", contact="ada@acme.example")
    return opened, factories.company("=Bad", stand="A 2"), factories.company("Café")


def rows(answer):
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.data.decode()[1:], newline="")))


def log():
    return [entry.kind for entry in audit.each(AuditFilter())]


def pin_hashes():
    with db.engine.connect() as connection:
        table = Company.__table__
        return dict(connection.execute(db.select(table.c.id, table.c.pin_hash)).all())


def test_the_file_has_each_stand_its_link_and_whether_it_was_opened(organiser, client, stands):
    client.get(f"/company/{factories.token(stands[0])}")
    pins.set_pin(ADMIN, stands[2], "4711")
    bad, acme, cafe = rows(organiser.post("/admin/companies/links", suffix="csv"))
    assert acme["Link"].endswith(f"/company/{factories.token(stands[0])}")
    assert (acme["Company"], acme["Stand"], acme["Hall"]) == ("Acme", "A 1", "Hall A")
    assert (acme["Contact address"], bad["Contact address"]) == ("ada@acme.example", "")
    assert (acme["Link opened"], bad["Link opened"]) == ("yes", "no")
    assert bad["Company"] == "'=Bad"
    assert (acme["PIN"], cafe["PIN"]) == ("none", "has one")
    book = sheets.workbook(organiser.post("/admin/companies/links", suffix="xlsx").data)
    assert [line[0] for line in book] == ["Company", "=Bad", "Acme", "Café"]
    assert log()[-2:] == ["links_taken", "links_taken"]
    assert "The links of 3 stands were taken as a file" in organiser.get("/admin/audit").text


def test_those_without_a_pin_get_one_each_that_only_the_file_has(organiser, stands):
    pins.set_pin(ADMIN, stands[0], "4711")
    before = pin_hashes()
    answer = organiser.post("/admin/companies/links/pins", suffix="csv")
    given = {row["Company"]: row["PIN"] for row in rows(answer)}
    assert set(given) == {"'=Bad", "Café"}
    assert all(re.fullmatch(r"\d{6}", pin) for pin in given.values())
    after = pin_hashes()
    assert after[stands[0]] == before[stands[0]]
    assert verify(after[stands[2]], given["Café"])
    assert log()[-3:] == ["pin_set", "pin_set", "links_taken"]
    assert given["Café"] not in organiser.get("/admin/audit").text
    assert all(each.asks_pin for each in roster.companies())
    # A second time there is nothing to give, and nothing is changed.
    assert organiser.post("/admin/companies/links/pins").status_code == 303
    assert pin_hashes() == after


def test_a_pin_that_was_set_meanwhile_stays(app, stands, monkeypatch):
    """Between looking who has none and the lock, somebody sets one by hand."""
    hashing = pins.hash_password

    def meanwhile(pin):
        monkeypatch.setattr(pins, "hash_password", hashing)
        pins.set_pin(ADMIN, stands[0], "4711")
        return hashing(pin)

    monkeypatch.setattr(pins, "hash_password", meanwhile)
    assert set(pins.give_pins(ADMIN)) == {stands[1], stands[2]}
    assert verify(pin_hashes()[stands[0]], "4711")


def test_a_link_is_shown_large_to_be_scanned(organiser, stands):
    page = organiser.get(f"/admin/companies/{stands[0]}/link/code").text
    assert factories.token(stands[0]) in page
    assert '<svg aria-hidden="true"' in page[page.index("link-code large") :]
    assert (
        f'href="/admin/companies/{stands[0]}/link/code"'
        in organiser.get(f"/admin/companies/{stands[0]}").text
    )


SAID = "have not opened their link"


@pytest.mark.parametrize("page", ["/admin/", "/admin/alerts"])
def test_from_the_first_morning_on_a_row_says_how_many_links_nobody_has_opened(
    organiser, client, stands, time, page
):
    fair.set_phase(ADMIN, Phase.PREPARING)
    assert SAID not in organiser.get(page).text
    today = time.now().date()
    days = {"starts_on": today + timedelta(1), "ends_on": today + timedelta(2)}
    fair.set_details(ADMIN, days, {})
    assert SAID not in organiser.get(page).text
    # On its first morning it matters, before the doors open.
    fair.set_details(ADMIN, {"starts_on": today}, {})
    assert f"3 stands {SAID}" in organiser.get(page).text
    fair.set_phase(ADMIN, Phase.OPEN)
    client.get(f"/company/{factories.token(stands[0])}")
    shown = organiser.get(page).text
    assert f"2 stands {SAID}" in shown
    assert 'href="/admin/companies?unopened=1"' in shown
    fair.set_phase(ADMIN, Phase.CLOSED)
    assert SAID not in organiser.get(page).text


def test_the_row_of_unopened_links_is_counted_among_the_alerts(organiser, stands, time):
    fair.set_details(ADMIN, {"starts_on": time.now().date()}, {})
    overview, listed = (organiser.get(page).text for page in ("/admin/", "/admin/alerts"))
    heading = overview[overview.index('id="alerts-title"') :].split("</h2>")[0]
    assert '<span class="count">1</span>' in heading
    assert "1 alert</p>" in listed
    assert "0 of 1 alerts</p>" in organiser.get("/admin/alerts?kind=idle").text


def test_a_fair_whose_first_day_nobody_has_said_has_its_last(organiser, stands, time):
    fair.set_phase(ADMIN, Phase.PREPARING)
    fair.set_details(ADMIN, {"ends_on": time.now().date()}, {})
    assert f"3 stands {SAID}" in organiser.get("/admin/").text


def test_a_contact_is_seen_by_organisers_alone(organiser, client, stands):
    """Not by desk and viewers, students, the stand itself, or in the log, which the team reads."""
    companies.edit(ADMIN, stands[0], {"contact": "grace@acme.example"})
    program = "/api/companies/admin/companies/"
    phone = factories.student("Zoé")
    looked_at = [
        (path, factories.member(role).bearer())
        for role in ("desk", "viewer")
        for path in (program, f"{program}{stands[0]}/", f"/admin/companies/{stands[0]}")
    ]
    looked_at += [
        (path, phone.bearer())
        for path in ("/api/companies/", "/companies", f"/companies/{stands[0]}")
    ]
    link = f"/company/{factories.token(stands[0])}"
    looked_at += [(path, {}) for path in (link, f"{link}/profile", f"/companies/{stands[0]}")]
    for path, headers in looked_at:
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200, path
        assert "Acme" in answer.text
        assert "acme.example" not in answer.text, path
    (acme,) = [
        each
        for each in client.get(program, headers=factories.admin().bearer()).json
        if each["id"] == stands[0]
    ]
    assert acme["contact"] == "grace@acme.example"
    assert 'value="grace@acme.example"' in organiser.get(f"/admin/companies/{stands[0]}").text
    log = organiser.get("/admin/audit").text
    assert "The contact address of" in log
    with db.engine.connect() as connection:
        rows = connection.execute(db.select(JournalRow.data)).scalars()
        assert not [each for each in rows if "acme.example" in str(each)]


def test_the_links_are_for_organisers_alone(client, stands):
    for role in ("desk", "viewer"):
        headers = factories.member(role).bearer()
        for path in ("/admin/companies/links", f"/admin/companies/{stands[0]}/link/code"):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 403
            assert factories.token(stands[0]) not in answer.text
