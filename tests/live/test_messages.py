"""A message of the organisers reaches exactly those it is for, once, on every open page."""

import pytest

from jobfair.domain.state import Phase, StudentStatus
from jobfair.queries.fair import messages as sent_messages
from jobfair.services.fair import fair, messages
from jobfair.services.queues import interviews, presence, queues
from jobfair.unit_of_work import actors
from tests.support import factories

ORGANISER = actors.admin(1)
TEXT = "The talk begins at two."


def opened(listen, path, person=None, **headers):
    stream = listen(path, person, **headers)
    stream.next()
    return stream


def events(listen, person):
    return opened(listen, "/api/events/", person)


def heard(stream):
    """The messages told before the stream falls silent."""
    told = stream.until("heartbeat")
    return [event.data["message"] for event in told if event.name == "notification"]


def test_to_everyone_is_to_students_and_stands_each_once(listen, techcorp):
    people = [factories.student("Alice"), factories.student("Bob")]
    factories.entry(people[0], techcorp)
    streams = [events(listen, person) for person in people]
    streams.append(opened(listen, f"/api/company/{factories.token(techcorp)}/events/"))
    admin = events(listen, factories.admin())
    messages.to_everyone(ORGANISER, TEXT)
    for stream in streams:
        assert heard(stream) == [TEXT]
    assert heard(admin) == []


def test_to_a_queue_is_to_those_who_wait_in_it_at_that_moment(listen, techcorp):
    names = ("Waiting", "Aside", "Paused", "Running", "Done", "Left", "Elsewhere", "Nowhere")
    people = {name: factories.student(name) for name in names}
    interviews.complete(actors.company(techcorp), factories.interview(people["Done"], techcorp))
    factories.interview(people["Running"], techcorp)
    for name in ("Aside", "Paused", "Waiting", "Left"):
        factories.entry(people[name], techcorp)
    presence.change_status(people["Paused"].actor, StudentStatus.PAUSED)
    queues.leave_all(people["Left"].actor)
    factories.entry(people["Elsewhere"], factories.company("Other"))
    streams = {name: events(listen, person) for name, person in people.items()}
    stand = opened(listen, f"/api/company/{factories.token(techcorp)}/events/")
    admin = events(listen, factories.admin())
    messages.to_queue(ORGANISER, techcorp, TEXT)
    told = {name for name, stream in streams.items() if heard(stream) == [TEXT]}
    assert told == {"Waiting", "Aside", "Paused"}
    assert heard(stand) == []
    assert heard(admin) == []


def test_who_joined_after_the_stream_opened_is_told_too(listen, techcorp):
    alice = factories.student()
    stream = events(listen, alice)
    queues.join(alice.actor, techcorp)
    messages.to_queue(ORGANISER, techcorp, TEXT)
    data = stream.until("notification")[-1].data
    assert data == {
        "number": sent_number(),
        "message": TEXT,
        "audience": "queue",
        "company_id": techcorp,
        "company_name": "TechCorp",
    }


def test_to_one_student_is_to_nobody_else(listen, techcorp):
    alice, bob = factories.student("Alice"), factories.student("Bob")
    hers, his = events(listen, alice), events(listen, bob)
    messages.to_student(ORGANISER, alice.student_id, TEXT)
    assert heard(hers) == [TEXT]
    assert heard(his) == []


def test_somebody_who_was_away_hears_it_on_their_return_once(listen, techcorp):
    alice = factories.student()
    factories.entry(alice, techcorp)
    before = events(listen, alice).until("heartbeat")[-1].id
    messages.to_queue(ORGANISER, techcorp, TEXT)
    messages.to_everyone(ORGANISER, "To all")
    queues.leave_all(alice.actor)
    again = listen("/api/events/", alice, **{"Last-Event-ID": before}).until("heartbeat")
    said = [event for event in again if event.name == "notification"]
    assert [event.data["message"] for event in said] == [TEXT, "To all"]
    rest = listen("/api/events/", alice, **{"Last-Event-ID": said[0].id})
    assert heard(rest) == ["To all"]


def toasts(told):
    return [event.text for event in told if 'hx-target="#toasts"' in event.text]


def strip(told):
    [text] = [event.text for event in told if 'hx-target="#messages"' in event.text]
    return text


@pytest.mark.parametrize("page", ["dashboard", "companies", "my-day", "notifications", "profile"])
def test_an_open_page_shows_it_once_and_says_that_it_is_new(listen, techcorp, page):
    alice = factories.student()
    factories.entry(alice, techcorp)
    stream = listen(f"/live/{page}", alice)
    stream.until("")
    messages.to_queue(ORGANISER, techcorp, "<b>Come</b>")
    told = stream.until("heartbeat")
    assert toasts(told) == []
    assert "&lt;b&gt;Come&lt;/b&gt;" in strip(told)
    assert any('hx-target="#unread"' in event.text for event in told)


def test_a_page_that_was_cut_off_shows_what_it_missed(listen, techcorp):
    alice = factories.student()
    before = events(listen, alice).until("heartbeat")[-1].id
    messages.to_student(ORGANISER, alice.student_id, TEXT)
    stream = listen("/live/notifications", alice, **{"Last-Event-ID": before})
    told = stream.until("heartbeat")
    assert toasts(told) == []
    assert TEXT in strip(told)
    assert TEXT in next(event.text for event in told if 'hx-target="#notices"' in event.text)


def test_a_stands_page_shows_it_once_in_its_strip(listen, techcorp):
    stream = listen(f"/live/company/{factories.token(techcorp)}")
    stream.until("")
    messages.to_everyone(ORGANISER, TEXT)
    told = stream.until("heartbeat")
    assert toasts(told) == []
    assert TEXT in strip(told)
    assert strip(told).count("<hx-partial") == 1


def sent_number():
    return sent_messages.sent()[0].number


def test_what_is_taken_back_goes_from_open_pages(listen, techcorp):
    alice = factories.student()
    messages.to_everyone(ORGANISER, TEXT)
    stand = listen(f"/live/company/{factories.token(techcorp)}")
    page = listen("/live/notifications", alice)
    assert TEXT in "".join(event.text for event in stand.until(""))
    assert TEXT in "".join(event.text for event in page.until(""))
    messages.withdraw(ORGANISER, sent_number())
    for stream in (stand, page):
        told = stream.until("heartbeat")
        assert toasts(told) == []
        assert TEXT not in strip(told)
    assert TEXT not in next(event.text for event in told if 'hx-target="#notices"' in event.text)


def test_somebody_who_was_away_hears_nothing_of_what_was_taken_back(listen, techcorp):
    alice = factories.student()
    other_tab = events(listen, alice)
    before = other_tab.until("heartbeat")[-1].id
    messages.to_everyone(ORGANISER, TEXT)
    messages.withdraw(ORGANISER, sent_number())
    # Until the hub has read both: what it reads after a stream has opened is news to that stream.
    other_tab.until("heartbeat")
    again = listen("/api/events/", alice, **{"Last-Event-ID": before})
    assert heard(again) == ["Les organisateurs ont retiré un message."]


def test_the_organisers_list_of_what_was_sent_follows(listen, techcorp):
    stream = listen("/live/admin/messages", factories.admin())
    stream.until("")
    messages.to_everyone(ORGANISER, TEXT)
    assert TEXT in stream.until("")[-1].text


def test_a_turn_that_others_ended_is_told_quietly_and_ones_own_doing_is_not(listen, techcorp):
    alice = factories.student()
    entry_id = factories.entry(alice, techcorp)
    stream = listen("/live/dashboard", alice, **{"Accept-Language": "en"})
    stream.until("")
    queues.absent(actors.company(techcorp), entry_id)
    [toast] = toasts([*stream.until("turn_ended"), stream.next()])
    assert 'class="toast toast-info"' in toast
    assert "TechCorp: You were set aside" in toast
    queues.present(alice.actor, entry_id)
    queues.pass_turn(alice.actor, entry_id)
    assert toasts([*stream.until("turn_ended"), *stream.until("heartbeat")]) == []


def test_opening_the_fair_is_announced_on_open_pages(listen, techcorp):
    fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    stream = listen("/live/dashboard", factories.student(), **{"Accept-Language": "en"})
    stream.until("")
    fair.set_phase(actors.SYSTEM, Phase.OPEN)
    [toast] = toasts(stream.until("heartbeat"))
    assert "The fair is open" in toast
