"""Who is refused the live events. What a stream says is tested with the push."""

from jobfair.services.access import sign_ins
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused


def test_nobody_gets_401_and_never_a_redirect(client):
    assert refused(Program(client).get("/api/events/")) == (401, "not_signed_in")
    foreign = {"Authorization": "Bearer nonsense"}
    assert refused(client.get("/api/events/", headers=foreign)) == (401, "not_signed_in")


def test_a_dead_session_gets_401(client):
    alice = factories.student("Alice")
    opened = alice.sign_in(client)
    sign_ins.end(alice.actor, alice.user_id, opened.sign_in_id)
    assert refused(client.get("/api/events/")) == (401, "not_signed_in")


def test_a_dead_or_foreign_link_gets_404(client):
    company_id = factories.company()
    old = factories.token(company_id)
    companies.regenerate_token(actors.SYSTEM, company_id)
    for token in (old, "nonsense"):
        answer = Program(client).get(f"/api/company/{token}/events/")
        assert refused(answer) == (404, "unknown_token")
