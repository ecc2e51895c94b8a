"""What a student's stream sends makes of the open dashboard what it would be if loaded again."""

import pytest
from werkzeug.datastructures import MultiDict

from jobfair.domain.state import CompanyStatus, StudentStatus
from jobfair.feed import journal
from jobfair.live.dashboard_screen import DashboardScreen
from jobfair.live.pages.student import DASHBOARD
from jobfair.services.companies import companies
from jobfair.services.queues import presence, queues
from jobfair.unit_of_work import actors
from tests.live.open_page import FollowedPage
from tests.live.test_stand_screen import something
from tests.support import factories
from tests.support.chance import seeded


def phone_of(student_id):
    """A student's dashboard that is open, and follows what happens."""
    opened = DASHBOARD.open(MultiDict(), student_id=student_id)
    return FollowedPage(lambda: DashboardScreen(opened))


@pytest.fixture
def techcorp(app):
    with app.test_request_context():
        yield factories.company("TechCorp")


@pytest.fixture
def alice(techcorp):
    """Second in line at two stands, on which nobody has a look at her."""
    alice, bob = factories.student("Alice"), factories.student("Bob")
    factories.entry(bob, techcorp)
    factories.entry(bob, factories.company("Rival"))
    return alice


def test_of_a_stand_that_is_renamed_or_moved_its_place_alone_is_sent(techcorp, alice):
    entry_id = factories.entry(alice, techcorp)
    phone = phone_of(alice.student_id)
    for change in ({"name": "Acme"}, {"stand": "B 12"}):
        companies.edit(actors.SYSTEM, techcorp, change)
        assert phone.follow() == [(f"#entry-{entry_id}", "outerMorph")]
        assert phone.is_as_loaded_anew()


def test_what_went_in_pieces_and_is_as_before_again_is_sent_again(techcorp, alice):
    factories.entry(alice, techcorp)
    phone = phone_of(alice.student_id)
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.PAUSED})
    assert all(target.startswith(("#entry-", "#place-")) for target, _ in phone.follow())
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.RECRUITING})
    # What is about herself sends all that differs from what was sent whole.
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    presence.change_status(alice.actor, StudentStatus.AVAILABLE)
    phone.follow()
    assert phone.is_as_loaded_anew()


def test_what_the_dashboard_does_not_show_sends_nothing(techcorp, alice):
    factories.entry(alice, techcorp)
    phone = phone_of(alice.student_id)
    factories.entry(factories.student("Behind"), techcorp)
    assert phone.follow() == []


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_the_dashboard_is_as_loaded_anew(techcorp, seed):
    chance = seeded(seed)
    rival = factories.company("Rival")
    people = [factories.student(f"S{number}").student_id for number in range(5)]
    own, *others = people
    for company_id in (techcorp, rival):
        for each in (*others, own):
            queues.join(actors.student(each), company_id)
    phone, small = phone_of(own), 0
    for _ in range(60):
        before = journal.span()[1]
        # The student themself does little: what others do is sent in small pieces.
        who = people if chance.random() < 0.2 else others
        something(chance, techcorp, rival, who)
        if chance.random() < 0.1:
            name = chance.choice(("Acme", "TechCorp", "Globex"))
            companies.edit(actors.SYSTEM, techcorp, {"name": name})
        if journal.span()[1] > before:
            small += any("-" in target for target, _ in phone.follow())
            assert phone.is_as_loaded_anew()
    assert small > 3
