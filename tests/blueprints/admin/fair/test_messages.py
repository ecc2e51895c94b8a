"""Messages of the organisers: to everyone, to one queue, to one student."""

import re

import pytest

from jobfair.blueprints.admin.confirmation import BACK
from jobfair.blueprints.admin.fair.messages import ASKED
from jobfair.db.transactions import revision
from jobfair.queries.fair import messages
from jobfair.queries.student import places
from jobfair.services.queues import queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.blueprints.html_forms import forms
from tests.support import factories

PATH = "/admin/messages"
TEXT = "The talk begins at two."


def send(organiser, **form):
    """Send the form and, as a browser without scripts, that of the question that comes back."""
    question = organiser.post(PATH, **form)
    assert question.status_code == 200
    [sent] = [each for each in forms(question.text, PATH) if ASKED in each.values]
    return organiser.post(PATH, **{k: v for k, v in sent.values.items() if k != BACK})


def last():
    return messages.sent()[0]


def test_to_everyone(organiser):
    page = organiser.follow(send(organiser, audience="everyone", text=f"  {TEXT} ")).text
    assert "Sent to everyone" in page
    assert "To everyone, stands included" in page
    assert TEXT in page
    assert (last().text, last().audience, last().told) == (TEXT, "everyone", 0)


def test_to_a_queue_it_goes_to_somebody_who_waits_there_now(organiser, techcorp, alice):
    running, gone, bob = (factories.student(name) for name in ("Running", "Gone", "Bob"))
    factories.interview(running, techcorp)
    queues.leave(gone.actor, factories.entry(gone, techcorp))
    for person in (alice, bob):
        factories.entry(person, techcorp)
    form = {"audience": "queue", "company": " techcorp", "text": TEXT}
    page = organiser.follow(send(organiser, **form)).text
    assert "Sent to 2 students" in page
    assert "To 2 students in the queue of TechCorp" in page
    assert last().data["students"] == [alice.student_id, bob.student_id]


def test_greyed_and_set_aside_places_wait_too(organiser, techcorp, alice):
    queues.absent(actors.company(techcorp), factories.entry(alice, techcorp))
    students.force_status(actors.SYSTEM, alice.student_id, "paused")
    send(organiser, audience="queue", company="TechCorp", text=TEXT)
    assert last().data["students"] == [alice.student_id]


def test_to_one_student(organiser, alice):
    address = f"{PATH}/students/{alice.student_id}"
    assert f'href="{address}"' in organiser.get(f"/admin/students/{alice.student_id}").text
    form = organiser.get(address).text
    assert "Message to Alice Martin" in form
    assert 'name="audience"' not in form
    page = organiser.follow(organiser.post(address, text=TEXT)).text
    assert "Sent to Alice Martin" in page
    assert (last().audience, last().student_name) == ("student", "Alice Martin")


def test_a_company_in_the_address_is_chosen_already(organiser, techcorp):
    assert 'href="/admin/messages?company=TechCorp"' in organiser.get("/admin/companies/1").text
    page = organiser.get(PATH, company="TechCorp").text
    assert 'value="queue" checked' in page
    assert 'value="TechCorp"' in page


def test_it_is_recorded_who_said_it(organiser):
    send(organiser, audience="everyone", text=TEXT)
    send(organiser, audience="everyone", text="Second")
    assert [message.text for message in messages.sent()] == ["Second", TEXT]
    assert messages.sent()[0].text == "Second"


def test_nothing_is_chosen_before_somebody_chooses(organiser, techcorp):
    page = organiser.get(PATH).text
    assert 'name="audience"' in page
    assert " checked" not in page
    answer = organiser.post(PATH, text=TEXT)
    assert answer.status_code == 400
    assert "Say whom it is for." in answer.text


@pytest.mark.parametrize("audience", ["", "queue", "everyone"])
def test_a_company_that_is_typed_chooses_its_queue(organiser, techcorp, alice, audience):
    factories.entry(alice, techcorp)
    factories.student("Bob")
    send(organiser, audience=audience, company="TechCorp", text=TEXT)
    assert last().data["students"] == [alice.student_id]


def test_everybody_is_asked_with_the_number(organiser, techcorp, alice):
    factories.entry(alice, techcorp)
    for name in ("Bob", "Chloé"):
        factories.student(name)
    question = organiser.post(PATH, audience="everyone", text=TEXT).text
    assert "Send to everyone?" in question
    assert "3 students get it" in question
    assert "1 stand shows it" in question
    assert TEXT in question
    question = organiser.post(PATH, company="techcorp", text=TEXT).text
    assert "Send to those who wait at TechCorp?" in question
    assert "1 student gets it" in question
    assert messages.sent() == []


def test_what_was_asked_about_one_queue_is_not_sent_to_another_or_to_everyone(
    organiser, techcorp, alice
):
    other = factories.company("Other")
    for company_id in (techcorp, other):
        factories.entry(alice, company_id)
    for form in ({"company": "Other"}, {"audience": "everyone"}):
        answer = organiser.post(PATH, text=TEXT, **form, **{ASKED: str(techcorp)})
        assert answer.status_code == 200
    assert messages.sent() == []


def test_somebody_who_goes_back_finds_what_they_typed(organiser, techcorp, alice):
    factories.entry(alice, techcorp)
    form = {"audience": "queue", "company": "TechCorp", "text": TEXT}
    page = organiser.post(PATH, **form, **{ASKED: str(techcorp), BACK: "1"}).text
    assert 'value="queue" checked' in page
    assert 'value="TechCorp"' in page
    assert TEXT in page
    assert messages.sent() == []


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"audience": "everyone", "text": " \n "}, "text", "This is required."),
        ({"audience": "everyone", "text": "x" * 501}, "text", "At most 500 characters."),
        ({"audience": "queue", "company": "Nowhere", "text": TEXT}, "company", "No company has"),
        ({"audience": "queue", "company": "", "text": TEXT}, "company", "No company has"),
        ({"audience": "queue", "company": "TechCorp", "text": TEXT}, "company", "Nobody is wait"),
    ],
)
def test_what_is_wrong_is_told_beside_it_and_nothing_typed_is_lost(
    organiser, techcorp, form, field, sentence
):
    answer = organiser.post(PATH, **form)
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert form["text"].strip() in answer.text
    assert f'value="{form["audience"]}" checked' in answer.text
    assert messages.sent() == []


def test_an_audience_that_is_none(organiser, app):
    answer = organiser.post(PATH, audience="nobody", text=TEXT)
    assert answer.status_code == 400
    assert "Say whom it is for." in answer.text


def test_a_message_is_one_line(organiser, app):
    send(organiser, audience="everyone", text="First\r\n\r\n  second")
    assert last().text == "First second"


def test_five_hundred_characters_are_let_in(organiser, app):
    assert send(organiser, audience="everyone", text="é" * 500).status_code == 303


def test_what_is_typed_stays_text(organiser, app):
    page = organiser.follow(send(organiser, audience="everyone", text="<b>bold</b>")).text
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>bold</b>" not in page


def test_a_student_who_is_no_more(organiser, alice):
    organiser.post(f"{PATH}/students/{alice.student_id}", text=TEXT)
    students.delete(actors.SYSTEM, alice.student_id, "Alice Martin")
    assert "To a deleted account" in organiser.get(PATH).text
    again = organiser.post(f"{PATH}/students/{alice.student_id}", text=TEXT)
    assert again.status_code == 404


def test_a_message_changes_nothing_at_the_fair(organiser, techcorp, alice):
    factories.entry(alice, techcorp)
    before = places.dashboard(alice.student_id)
    send(organiser, audience="queue", company="TechCorp", text=TEXT)
    after = places.dashboard(alice.student_id)
    assert [each.text for each in after.messages] == [TEXT]
    assert after._replace(messages=()) == before


def take_back(organiser, number):
    return organiser.say(f"{PATH}/{number}/withdraw")


def test_what_was_sent_is_taken_back_from_everybodys_pages(organiser, client, techcorp, alice):
    send(organiser, audience="everyone", text="Free sandwiches")
    send(organiser, audience="everyone", text=TEXT)
    answer = take_back(organiser, last().number)
    assert "Taken back from every screen" in answer.text
    assert last().withdrawn
    assert [line.sentence for line in messages.notifications(alice.student_id)] == [
        "Free sandwiches"
    ]
    assert [each.text for each in messages.standing_at(techcorp)] == ["Free sandwiches"]
    stand = client.get(f"/company/{factories.token(techcorp)}").text
    assert "Free sandwiches" in stand
    assert TEXT not in stand
    log = organiser.get("/admin/audit").text
    assert "A message to everyone was taken back" in log
    assert TEXT in log


def test_a_message_to_a_queue_or_to_one_person_is_taken_back_too(organiser, techcorp, alice):
    factories.entry(alice, techcorp)
    send(organiser, audience="queue", company="TechCorp", text=TEXT)
    organiser.post(f"{PATH}/students/{alice.student_id}", text=TEXT)
    assert len(messages.notifications(alice.student_id)) >= 2
    for message in messages.sent():
        take_back(organiser, message.number)
    assert TEXT not in [line.sentence for line in messages.notifications(alice.student_id)]


def test_taking_back_twice_is_once(organiser, alice):
    send(organiser, audience="everyone", text=TEXT)
    number = last().number
    take_back(organiser, number)
    after = revision()
    assert take_back(organiser, number).status_code == 200
    assert revision() == after


def test_what_is_no_message_is_not_taken_back(organiser, alice):
    send(organiser, audience="everyone", text=TEXT)
    for number in (last().number - 1, 999_999):
        assert take_back(organiser, number).status_code == 404


def test_somebody_who_leaves_the_question_finds_what_they_wrote(organiser, techcorp, alice):
    factories.entry(alice, techcorp)
    organiser.post(PATH, company="techc", text=TEXT)
    for page in (organiser.get(PATH).text, organiser.get(PATH, company="TechCorp").text):
        assert TEXT in page
        assert 'value="TechCorp"' in page
    assert TEXT not in organiser.get(PATH, company="Other").text
    send(organiser, company="TechCorp", text=TEXT)
    [form] = [each for each in forms(organiser.get(PATH).text, PATH) if "text" in each.values]
    assert form.values["text"] == ""


def test_a_stand_or_a_part_of_a_name_is_enough_and_else_one_chooses(organiser, alice):
    for name, stand in (("Acme", "A1"), ("Acme Energy", "A10"), ("Bank", "B1")):
        factories.entry(alice, factories.company(name, stand=stand))
    for typed, name in (("a1", "Acme"), ("A 10", "Acme Energy"), ("ban", "Bank"), ("acme", "Acme")):
        question = organiser.post(PATH, company=typed, text=TEXT).text
        assert f"Send to those who wait at {name}?" in question
    answer = organiser.post(PATH, company="acm", text=TEXT)
    assert answer.status_code == 400
    assert "Several companies are called so: choose one" in answer.text
    assert TEXT in answer.text
    assert 'value="acm"' in answer.text
    picked = re.findall(r'name="company_id" value="(\d+)"', answer.text)
    assert len(picked) == 2
    question = organiser.post(PATH, company="acm", company_id=picked[1], text=TEXT).text
    assert "Send to those who wait at Acme Energy?" in question
