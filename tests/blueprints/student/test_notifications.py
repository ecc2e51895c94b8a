"""What a student was told today is kept on a page of theirs."""

import re

import pytest

from jobfair.domain.state import CompanyStatus, StudentStatus
from jobfair.services.companies import companies
from jobfair.services.fair import messages
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories

ORGANISER = actors.admin(1)


@pytest.fixture
def alice(app, client):
    person = factories.student("Alice")
    person.sign_in(client)
    return person


def notices(client):
    """The page's sentences, the latest first, without the hour."""
    page = client.get("/notifications", headers={"Accept-Language": "en"}).text
    found = re.findall(r'<div class="notice-words">(.*?)</div>', page, re.DOTALL)
    return [" | ".join(re.findall(r"<p[^>]*>(.*?)</p>", each)) for each in found]


def test_an_empty_page_says_so(client, alice):
    assert notices(client) == []
    page = client.get("/notifications", headers={"Accept-Language": "en"}).text
    assert "Nothing yet." in page
    assert 'href="/notifications" aria-current="page">' in page


def test_messages_are_kept_for_those_they_were_for(client, alice, techcorp):
    factories.entry(alice, techcorp)
    bob = factories.student("Bob")
    other = factories.company("Other")
    factories.entry(bob, other)
    messages.to_everyone(ORGANISER, "To all")
    messages.to_queue(ORGANISER, techcorp, "To the queue")
    messages.to_queue(ORGANISER, other, "To others")
    messages.to_student(ORGANISER, alice.student_id, "To Alice")
    messages.to_student(ORGANISER, bob.student_id, "To Bob")
    assert notices(client)[:3] == [
        "The organisers | To Alice",
        "The organisers, about TechCorp | To the queue",
        "The organisers | To all",
    ]
    assert "To others" not in str(notices(client))
    assert "To Bob" not in str(notices(client))


def test_who_joins_later_was_not_told_and_who_leaves_was(client, alice, techcorp):
    entry_id = factories.entry(alice, techcorp)
    messages.to_queue(ORGANISER, techcorp, "Heard")
    queues.leave(alice.actor, entry_id)
    factories.entry(factories.student("Bob"), techcorp)
    messages.to_queue(ORGANISER, techcorp, "Missed")
    queues.join(alice.actor, techcorp)
    said = [each for each in notices(client) if "|" in each]
    assert said == ["The organisers, about TechCorp | Heard"]


def test_the_story_of_a_turn(client, alice, techcorp):
    entry_id = factories.entry(alice, techcorp)
    queues.absent(actors.company(techcorp), entry_id)
    queues.present(alice.actor, entry_id)
    interviews.start(alice.actor, entry_id)
    interviews.complete(actors.company(techcorp), entry_id)
    assert notices(client) == [
        "Interview at TechCorp done",
        "Interview started at TechCorp",
        "You were called to TechCorp",
        "Your turn at TechCorp ended: You were set aside",
        "You were called to TechCorp",
    ]


def test_what_the_organisers_did_is_told_and_what_the_student_did_is_not(client, alice, techcorp):
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    students.force_status(ORGANISER, alice.student_id, StudentStatus.AVAILABLE)
    companies.edit(ORGANISER, techcorp, {"status": CompanyStatus.PAUSED})
    overrides.add_entry(ORGANISER, alice.student_id, techcorp)
    other = factories.company("Other", status=CompanyStatus.PAUSED)
    overrides.add_entry(ORGANISER, alice.student_id, other)
    companies.delete(ORGANISER, other)
    students.force_status(ORGANISER, alice.student_id, StudentStatus.PAUSED)
    assert notices(client) == [
        "The organisers paused you",
        "Other is no longer at the fair",
        "The organisers put you into the queue of Other",
        "The organisers put you into the queue of TechCorp",
        "The organisers made you available",
    ]


def test_an_interview_that_was_broken_off_and_a_place_that_was_taken_away(client, alice, techcorp):
    entry_id = factories.interview(alice, techcorp)
    students.force_status(ORGANISER, alice.student_id, StudentStatus.AVAILABLE)
    overrides.remove_entry(ORGANISER, entry_id)
    assert notices(client)[:2] == [
        "The organisers took you out of the queue of TechCorp",
        "The organisers broke off your interview at TechCorp",
    ]


def test_a_reminder_and_a_place_marked_as_done(client, alice, techcorp):
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    entry_id = factories.entry(alice, techcorp)
    overrides.complete_for(ORGANISER, entry_id)
    assert notices(client) == [
        "The organisers marked TechCorp as done, without an interview",
        "TechCorp would have called you during your break",
    ]


def test_yesterday_is_over(client, alice, time):
    messages.to_everyone(ORGANISER, "Yesterday's")
    time.pass_(days=1)
    messages.to_everyone(ORGANISER, "Today's")
    alice.sign_in(client)
    assert notices(client) == ["The organisers | Today&#39;s"]


def test_nobody_and_an_admin_have_no_such_page(client, app):
    assert client.get("/notifications").status_code == 303
    factories.admin().sign_in(client)
    assert client.get("/notifications").status_code == 403
