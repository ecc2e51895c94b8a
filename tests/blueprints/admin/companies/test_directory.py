"""The list of companies, its search, and creating one (flow 6)."""

import pytest

from jobfair.queries.admin import roster
from jobfair.queries.stand import stands
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories

NEW = {"name": "TechCorp", "stand": "B12", "slots": "2", "queue_limit": "20"}


def test_the_list(organiser):
    techcorp = factories.company("TechCorp", stand="B12", slots=3)
    alice, bob, chloe = (factories.student(name) for name in ("Alice", "Bob", "Chloé"))
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    factories.interview(bob, techcorp)
    factories.entry(chloe, techcorp)
    page = organiser.get("/admin/companies").text
    assert "1 company" in page
    assert f'href="/admin/companies/{techcorp}"' in page
    assert "B12" in page
    assert "1 of 3" in page
    assert '<td class="number" data-label="Waiting">1</td>' in page
    assert '<td class="number" data-label="Done">1</td>' in page


def test_an_empty_list_says_so(organiser):
    assert "No company yet." in organiser.get("/admin/companies").text


@pytest.mark.parametrize("typed", ["energies", "ÉNERGIES", "large energ", " b7 "])
def test_the_search_minds_neither_case_nor_accents(organiser, typed):
    factories.company("Énergies du Large", stand="B7")
    factories.company("Ubisoft")
    page = organiser.get("/admin/companies", q=typed).text
    assert "Énergies du Large" in page
    assert "Ubisoft" not in page


def test_a_search_that_finds_nothing_says_so_and_keeps_what_was_typed(organiser):
    page = organiser.get("/admin/companies", q='no "such"').text
    assert "No company is called so." in page
    assert 'value="no &#34;such&#34;"' in page


def test_while_somebody_types_only_the_list_is_sent(organiser):
    factories.company("TechCorp")
    answer = organiser.look("/admin/companies", q="tech").text
    assert answer.startswith('<hx-partial hx-target="#companies"')
    assert "TechCorp" in answer
    assert "<html" not in answer


def test_creating_a_company_shows_its_full_link(organiser):
    page = organiser.follow(organiser.post("/admin/companies/new", **NEW)).text
    made = roster.companies()[0]
    assert (made.company.name, made.company.stand) == ("TechCorp", "B12")
    assert (made.company.slots, made.company.queue_limit) == (2, 20)
    assert f'value="http://localhost/company/{made.token}"' in page
    assert 'data-copy="#link"' in page
    assert "Company created. Here is its link." in page


def test_stand_and_limit_may_stay_blank(organiser):
    organiser.post("/admin/companies/new", **{**NEW, "stand": " ", "queue_limit": ""})
    company = roster.companies()[0].company
    assert (company.stand, company.queue_limit) == (None, None)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "This is required."),
        ("name", "x" * 201, "At most 200 characters."),
        ("slots", "0", "At least 1."),
        ("slots", "101", "At most 100."),
        ("slots", "many", "Give a whole number."),
        ("queue_limit", "0", "At least 1."),
        ("queue_limit", "100001", "At most 100000."),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_nothing_typed_is_lost(
    organiser, field, typed, sentence
):
    answer = organiser.post("/admin/companies/new", **{**NEW, field: typed})
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    for name, value in {**NEW, field: typed}.items():
        assert f'name="{name}"' in answer.text
        assert f'value="{value}"' in answer.text
    assert not roster.companies()


def test_a_name_that_is_taken(organiser):
    factories.company("TechCorp")
    answer = organiser.post("/admin/companies/new", **{**NEW, "name": " techcorp "})
    assert answer.status_code == 400
    assert 'id="name-error"' in answer.text
    assert "Another company has this name" in answer.text
    assert stands.company_by_id(1).name == "TechCorp"
