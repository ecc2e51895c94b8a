"""What is said of a queue is the same for who is in it and for who is not, wherever it is said."""

import re

import pytest

from jobfair.domain.state import Phase
from jobfair.queries.projections.queue_snapshots import QueueSnapshot
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import queues
from jobfair.unit_of_work import actors
from tests.support import factories

ENGLISH = {"Accept-Language": "en"}
RANGE, WORDS = (5, 25), "about 5 to 25~min".replace("~", "\N{NO-BREAK SPACE}")
SAID = {
    RANGE: (WORDS, "estimated from today's interviews"),
    None: ("too early to say how long", "Too few interviews have ended today to say how long."),
}
"""How long it takes and why one knows, or does not, by the range that there is."""


@pytest.fixture
def acme(app):
    """Somebody is called there, and two wait."""
    company_id = factories.company("Acme")
    for _ in range(3):
        factories.entry(factories.student(), company_id)
    return company_id


@pytest.fixture
def of(app, alice, bob, acme):
    """What somebody reads of the company on a page: `of(alice, "/my-day")`."""
    phones = {}

    def read(person, path):
        if person.student_id not in phones:
            phones[person.student_id] = app.test_client()
            person.sign_in(phones[person.student_id])
        page = phones[person.student_id].get(path, headers=ENGLISH).text
        main = page.partition("<main")[2].partition("</main>")[0]
        return re.sub(r"<[^>]+>", "", main).replace("&#39;", "'")

    return read


@pytest.mark.parametrize("wait", SAID)
@pytest.mark.parametrize("closed", [False, True])
def test_wait_and_state_are_said_alike_before_and_after_joining(
    of, alice, bob, acme, monkeypatch, wait, closed
):
    monkeypatch.setattr(QueueSnapshot, "wait", lambda *_asked: wait)
    queues.join(alice.actor, acme)
    companies.edit(actors.SYSTEM, acme, {"queue_open": not closed})
    page = f"/companies/{acme}"
    inside = {path: of(alice, path) for path in ("/dashboard", "/companies", "/my-day", page)}
    outside = {path: of(bob, path) for path in ("/companies", page)}
    how_long, basis = SAID[wait]
    # Nobody else can join a closed one: how long it would take is nothing to them.
    told = inside if closed else inside | {f"{path} outside": w for path, w in outside.items()}
    assert [path for path, words in told.items() if how_long not in words] == []
    assert basis in inside[page]
    assert closed or basis in outside[page]
    for words in (*inside.values(), *outside.values()):
        assert ("Queue closed" in words) is closed
    if closed:
        for words in (inside["/dashboard"], inside[page], outside[page]):
            assert "Queue closed: nobody joins, calling goes on" in words


def test_where_nobody_is_called_no_wait_is_spoken_of(of, alice, acme):
    queues.join(alice.actor, acme)
    paths = ("/dashboard", "/companies", "/my-day", f"/companies/{acme}")
    for change in (
        lambda: fair.set_phase(actors.SYSTEM, Phase.CLOSED),
        lambda: (
            fair.set_phase(actors.SYSTEM, Phase.OPEN),
            companies.edit(actors.SYSTEM, acme, {"status": "paused"}),
        ),
    ):
        change()
        for path in paths:
            assert "how long" not in of(alice, path), path
        for path in ("/companies", "/my-day"):
            assert re.search("Fair closed|Paused", of(alice, path)), path
