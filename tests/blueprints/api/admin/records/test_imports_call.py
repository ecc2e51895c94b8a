"""Importing lists through JSON: the file as the body, what it would do, then doing it."""

from datetime import timedelta

import pytest

from jobfair import clock
from jobfair.db.transactions import revision
from jobfair.fields.companies.companies import NewCompany
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

IMPORTS = "/api/admin/imports/"
TWO = "Prénom;Nom;E-mail\nAnna;Ahl;anna@example.org\nBo;;bo@example.org\n"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def sent(program, path, text, kind="text/csv", **asked):
    data = text.encode() if isinstance(text, str) else text
    address = f"{IMPORTS}{path}/"
    return program.call("POST", address, data=data, content_type=kind, query_string=asked)


def promised(program, path, text, **asked):
    return sent(program, f"{path}/preview", text, **asked).json["promise"]


def names(program):
    listed = program.get("/api/students/admin/students/").json
    return sorted(each["full_name"] for each in listed)


def test_a_preview_says_what_it_would_do_and_stores_nothing(organiser):
    before = revision()
    shown = sent(organiser, "students/preview", TWO).json
    assert [(each["heading"], each["field"]) for each in shown["columns"]] == [
        ("Prénom", "first_name"),
        ("Nom", "last_name"),
        ("E-mail", "email"),
    ]
    assert (shown["new"], shown["may_import"]) == (1, True)
    (bad,) = shown["left_out"]
    assert (bad["number"], set(bad["errors"])) == (3, {"last_name"})
    assert revision() == before


def test_what_was_promised_is_imported_and_taken_back(organiser):
    done = sent(organiser, "students", TWO, promise=promised(organiser, "students", TWO))
    assert done.status_code == 201
    assert (done.json["added"], done.json["left_out"]) == (1, 1)
    assert done.json["left_out_lines"] == [3]
    assert names(organiser) == ["Anna Ahl"]
    last = organiser.get(f"{IMPORTS}students/").json["last"]
    assert (last["id"], last["would_remove"]) == (done.json["id"], ["Anna Ahl"])
    undone = organiser.post(f"{IMPORTS}students/undo/", {"id": last["id"]})
    assert undone.json["removed"] == 1
    assert names(organiser) == []
    again = organiser.post(f"{IMPORTS}students/undo/", {"id": last["id"]})
    assert refused(again)[1] == "import_not_last"
    assert organiser.get(f"{IMPORTS}students/").json["last"]["undone"] is True


def test_a_promise_that_no_longer_holds_imports_nothing(organiser):
    promise = promised(organiser, "students", TWO)
    factories.student("Anna", "Ahl", email="anna@example.org")
    answer = sent(organiser, "students", TWO, promise=promise)
    assert refused(answer) == (409, "import_stale")
    assert wrong_fields(sent(organiser, "students", TWO)) == {"promise"}


def test_the_columns_are_said_where_nobody_can_guess_them(organiser):
    unnamed = "a;b;c\nAnna;Ahl;anna@example.org\n"
    shown = sent(organiser, "students/preview", unnamed).json
    assert shown["may_import"] is False
    assert shown["fault"]
    promise = shown["promise"]
    assert wrong_fields(sent(organiser, "students", unnamed, promise=promise)) == {"columns"}
    columns = "first_name,last_name,email"
    promise = promised(organiser, "students", unnamed, columns=columns)
    done = sent(organiser, "students", unnamed, promise=promise, columns=columns)
    assert done.json["added"] == 1
    for wrong in ("first_name", "first_name,last_name,shoe_size"):
        answer = sent(organiser, "students/preview", unnamed, columns=wrong)
        assert wrong_fields(answer) == {"columns"}


def test_those_who_are_there_are_updated_where_that_is_asked(organiser):
    companies.create(actors.SYSTEM, NewCompany("TechCorp", stand="A1"))
    listed = "Entreprise;Stand\nTechCorp;B2\n"
    assert sent(organiser, "companies/preview", listed).json["changed"] == []
    (change,) = sent(organiser, "companies/preview", listed, mode="update").json["changed"]
    assert change["changes"] == [{"field": "stand", "before": "A1", "after": "B2"}]
    promise = promised(organiser, "companies", listed, mode="update")
    done = sent(organiser, "companies", listed, mode="update", promise=promise)
    assert done.json["updated"] == 1
    last = organiser.get(f"{IMPORTS}companies/").json["last"]
    assert last["would_restore"] == ["TechCorp"]
    assert organiser.post(f"{IMPORTS}companies/undo/", {"id": last["id"]}).json["restored"] == 1


def test_nobody_is_removed_before_that_is_said_and_the_password_was_given(organiser, monkeypatch):
    factories.company("TechCorp")
    gone, busy = factories.company("Rival"), factories.company("Busy")
    factories.interview(factories.student("Alice"), busy)
    listed, only = "Entreprise\nTechCorp\n", {"mode": "only"}
    shown = sent(organiser, "companies/preview", listed, **only).json
    assert [each["id"] for each in shown["removed"]] == [gone]
    assert [(each["id"], each["running"]) for each in shown["busy"]] == [(busy, 1)]
    asked = {**only, "promise": shown["promise"]}
    assert wrong_fields(sent(organiser, "companies", listed, **asked)) == {"confirmed"}
    later = clock.now() + timedelta(minutes=11)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: later)
        answer = sent(organiser, "companies", listed, **asked, confirmed="true")
        assert refused(answer) == (403, "password_needed")
    done = sent(organiser, "companies", listed, **asked, confirmed="true", also=str(busy))
    assert done.json["removed"] == 2


def test_nobody_is_removed_who_may_stand_in_a_line_that_cannot_be_read(organiser):
    factories.student("Alice")
    unclear = "Prénom;Nom;E-mail\nAnna;Ahl;anna@example.org\nBo;Bloom;\n"
    asked = {"mode": "only", "promise": promised(organiser, "students", unclear, mode="only")}
    assert sent(organiser, "students/preview", unclear, mode="only").json["unclear"] == [3]
    answer = sent(organiser, "students", unclear, **asked, confirmed="true")
    assert wrong_fields(answer) == {"mode"}


def test_a_list_of_others_is_not_imported(organiser):
    shown = sent(organiser, "companies/preview", TWO).json
    assert (shown["belongs_to"], shown["may_import"]) == ("students", False)
    answer = sent(organiser, "companies", TWO, promise=shown["promise"])
    assert wrong_fields(answer) == {"columns"}


def test_what_is_no_list_is_refused(organiser):
    assert wrong_fields(sent(organiser, "students/preview", "")) == {"file"}
    assert wrong_fields(sent(organiser, "students/preview", b"PK\x03\x04nonsense")) == {"file"}
    image = sent(organiser, "students/preview", TWO, kind="image/png")
    assert refused(image) == (415, "unsupported_media_type")
    large = sent(organiser, "students/preview", b"x" * (6 * 1024 * 1024 + 1))
    assert refused(large) == (413, "too_large")


def test_before_the_first_import_there_is_none(organiser):
    assert organiser.get(f"{IMPORTS}companies/").json == {"last": None}
