"""One company, as somebody who is signed in reads it."""

from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused


def test_it_is_the_row_of_the_list(client, alice):
    company_id = factories.company("TechCorp", stand="A1", hall="Nord", description="Chips")
    as_alice = Program(client, alice)
    (listed,) = as_alice.get("/api/companies/").json
    assert as_alice.get(f"/api/companies/{company_id}/profile/").json == listed


def test_a_paused_one_is_shown_too(client, alice, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"status": "paused", "queue_open": False})
    shown = Program(client, alice).get(f"/api/companies/{techcorp}/profile/").json
    assert (shown["status"], shown["queue_open"]) == ("paused", False)


def test_one_that_is_not_there(client, alice):
    answer = Program(client, alice).get("/api/companies/999999/profile/")
    assert refused(answer) == (404, "not_found")
