"""The list of whom a stand met: filtered, searched, taken home; only what is shown, only theirs."""

import csv
from io import StringIO

import pytest

from jobfair.queries.stand import notes as query
from jobfair.services.companies import notes
from jobfair.services.queues import interviews, overrides
from jobfair.services.students import introductions
from jobfair.unit_of_work import actors
from tests.support import factories, sheets


@pytest.fixture
def company_id(app):
    return factories.company("TechCorp", slots=5)


@pytest.fixture
def link(company_id):
    return f"/company/{factories.token(company_id)}"


def met(company_id, name, **written):
    person = factories.student(name)
    entry_id = factories.interview(person, company_id)
    interviews.complete(actors.company(company_id), entry_id)
    if written:
        assert notes.write(actors.company(company_id), entry_id, written) is None
    return person


def csv_rows(client, path):
    text = client.get(path, buffered=True).get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.reader(StringIO(text), delimiter=";"))


def xlsx_rows(client, path):
    answer = client.get(path)
    assert answer.headers["Content-Disposition"].endswith(".xlsx")
    return sheets.workbook(answer.data)


def test_by_verdict_and_by_words_of_name_note_and_next_step(client, company_id, link):
    met(company_id, "Zoé", verdict="again", next_step="Appeler lundi")
    met(company_id, "Yann", verdict="no", text="Cherche ailleurs")
    met(company_id, "Xavier")
    people = query.met(company_id)

    def names(verdict="", words=""):
        return {each.first_name for each in query.chosen(people, verdict, words)}

    assert names() == {"Zoé", "Yann", "Xavier"}
    assert names("again") == {"Zoé"}
    assert names("none") == {"Xavier"}
    assert names(words="zoe") == names(words="LUNDI") == {"Zoé"}
    assert names("again", "ailleurs") == set()
    page = client.get(f"{link}/met?verdict=again&q=zoe").text
    assert "Zoé" in page
    assert "Yann" not in page


def test_a_file_has_what_the_list_shows_in_either_kind(client, company_id, link):
    met(company_id, "Zoé", verdict="again", next_step="Appeler lundi", text="Très bien")
    met(company_id, "Yann", verdict="no")
    rows = csv_rows(client, f"{link}/met.csv?verdict=again&q=")
    assert rows == xlsx_rows(client, f"{link}/met.xlsx?verdict=again&q=")
    assert [row[0] for row in rows] == ["Prénom", "Zoé"]
    assert rows[1][4:7] == ["À revoir", "Appeler lundi", "Très bien"]


def test_the_address_is_that_of_those_who_show_it_and_only_while_they_do(client, company_id, link):
    zoe, yann = met(company_id, "Zoé"), met(company_id, "Yann")
    for person, shows in ((zoe, True), (yann, False)):
        shown = {"studies": "Zoologie", "shows_email": shows, "shows_introduction": True}
        introductions.change(person.actor, shown)
    for read, kind in ((csv_rows, "csv"), (xlsx_rows, "xlsx")):
        mails = {row[0]: row[-1] for row in read(client, f"{link}/met.{kind}")[1:]}
        assert mails == {"Zoé": zoe.email, "Yann": ""}
    introductions.change(zoe.actor, {"shows_introduction": False})
    for path in ("met", "met.csv"):
        page = client.get(f"{link}/{path}", buffered=True).get_data(as_text=True)
        assert zoe.email not in page
    assert zoe.email not in str(xlsx_rows(client, f"{link}/met.xlsx"))


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+33 1", '-2+3+cmd|" /C calc"!A0'])
def test_no_formula_gets_into_either(client, company_id, link, formula):
    met(company_id, "Zoé", text=formula)
    assert csv_rows(client, f"{link}/met.csv")[1][6] == f"'{formula}"
    assert xlsx_rows(client, f"{link}/met.xlsx")[1][6] == formula


def test_a_stranger_s_stand_and_no_stand_get_nothing(client, company_id, link):
    """Owner, stranger, nobody."""
    met(company_id, "Zoé", verdict="again", text="Secret")
    other = f"/company/{factories.token(factories.company('Other'))}"
    assert "Secret" in client.get(f"{link}/met").text
    assert "Zoé" not in client.get(f"{other}/met").text
    assert len(csv_rows(client, f"{other}/met.csv")) == 1
    for path in ("met", "met.csv", "met.xlsx", "met.pdf"):
        assert client.get(f"/company/unknown/{path}").status_code == 404


def test_no_student_and_no_organiser_reads_a_verdict(app, client, company_id, link):
    zoe = met(company_id, "Zoé", verdict="no", next_step="Zzunwanted")
    zoe.sign_in(client)
    for path in ("/dashboard", "/my-day", "/history", "/profile", f"/companies/{company_id}"):
        assert "Zzunwanted" not in client.get(path).text
    own = client.get("/api/students/me/data/", headers=zoe.bearer()).text
    assert "Zzunwanted" not in own
    organiser = app.test_client()
    factories.admin().sign_in(organiser)
    for path in (f"/admin/students/{zoe.student_id}", f"/admin/companies/{company_id}"):
        assert "Zzunwanted" not in organiser.get(path).text


def test_who_was_taken_out_afterwards_stays_with_the_note_alone(client, company_id, link):
    zoe = met(company_id, "Zoé", text="Très bien")
    introductions.change(zoe.actor, {"studies": "Zoologie", "shows_introduction": True})
    (row,) = query.met(company_id)
    overrides.remove_entry(actors.SYSTEM, row.id)
    (row,) = query.met(company_id)
    assert (row.id, row.note.text, row.introduction) == (None, "Très bien", None)
    assert "Très bien" in client.get(f"{link}/met").text


def test_a_verdict_alone_is_a_note_and_what_is_left_out_stays(company_id):
    person = factories.student("Zoé")
    entry_id = factories.interview(person, company_id)
    stand = actors.company(company_id)
    notes.write(stand, entry_id, {"verdict": "maybe"})
    notes.write(stand, entry_id, {"text": "Calme"})
    (about,) = query.about(person.student_id)
    assert (about.verdict, about.text) == ("maybe", "Calme")
    notes.write(stand, entry_id, {"verdict": None, "text": ""})
    assert query.about(person.student_id) == []


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, company_id, link):
    entry_id = factories.interview(factories.student("Zoé"), company_id)
    path = f"{link}/queues/{entry_id}/note"
    typed = {"verdict": "again", "next_step": "x" * 201, "text": "Calme"}
    answer = client.post(path, data=typed, headers={"Referer": f"http://localhost{link}/met"})
    assert answer.status_code == 400
    assert "200 caractères" in answer.text
    assert "x" * 201 in answer.text
    assert ">Calme</textarea>" in answer.text
    assert client.post(path, data={**typed, "verdict": "excellent"}).status_code == 400
