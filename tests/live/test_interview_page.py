"""The interview's own page, open while the interview ends."""

from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories


def test_it_says_at_once_that_the_interview_is_over(listen, alice):
    company_id = factories.company("Acme")
    entry_id = factories.interview(alice, company_id)
    stream = listen("/live/interview", alice)
    assert "data-since=" in stream.until("")[-1].text
    interviews.complete(actors.company(company_id), entry_id)
    fragments = stream.until("")[-1].text
    assert 'id="next"' in fragments
    assert "data-since=" not in fragments
    assert "/status/available" in fragments


def test_strangers_and_nobody_do_not_get_it(listen):
    assert listen("/live/interview").status == 401
    assert listen("/live/interview", factories.admin()).status == 403
