"""The organisers' pages are kept right while they are open."""

import pytest

from jobfair.domain.state import CompanyStatus
from jobfair.services import webhooks
from jobfair.services.access import accounts
from jobfair.services.companies import companies
from jobfair.services.queues import queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories


def fragments(listener):
    """The next fragments of a page's stream."""
    return listener.until("")[-1].text


def test_the_figures_follow(listen, admin, techcorp):
    stream = listen("/live/admin/overview", admin)
    assert 'hx-target="#figures"' in fragments(stream)
    factories.entry(factories.student(), techcorp)
    # A heartbeat may come in between, with what else it finds changed.
    assert any('hx-target="#figures"' in fragments(stream) for _ in range(3))


def test_an_alert_that_only_time_brings_appears_without_anything_happening(
    listen, admin, techcorp, time
):
    factories.interview(factories.student("Zoé"), techcorp)
    stream = listen("/live/admin/overview", admin)
    assert "Zoé" not in fragments(stream)
    time.pass_(minutes=31)
    text = fragments(stream)
    assert "Zoé" in text
    assert 'hx-target="#alerts"' in text
    assert 'hx-target="#figures"' not in text


def test_a_server_that_is_told_no_more_shows_at_once(listen, admin):
    stream = listen("/live/admin/overview", admin)
    fragments(stream)
    told = webhooks.make(actors.SYSTEM, "https://hooks.example", ["interview_started"])
    claimed = webhooks.claim(told.id)
    webhooks.store(claimed, 1, 0, "interview_started", webhooks.Outcome(410, "gone"))
    assert 'class="alert alert-server"' in fragments(stream)


def test_while_nothing_changes_nothing_is_sent(listen, admin, techcorp, time):
    factories.interview(factories.student(), techcorp)
    time.pass_(minutes=31)
    stream = listen("/live/admin/overview", admin)
    stream.until("heartbeat")
    assert stream.names(3) == ["heartbeat"] * 3


def test_a_companys_queue_follows(listen, admin, techcorp):
    stream = listen(f"/live/admin/companies/{techcorp}", admin)
    assert 'hx-target="#completed"' in fragments(stream)
    factories.entry(factories.student("Zoé"), techcorp)
    text = fragments(stream)
    assert "Zoé" in text
    assert 'hx-target="#waiting"' in text
    assert 'hx-target="#completed"' not in text


def test_a_new_link_is_shown_to_every_organiser(listen, admin, techcorp):
    stream = listen(f"/live/admin/companies/{techcorp}", admin)
    fragments(stream)
    companies.regenerate_token(actors.SYSTEM, techcorp)
    assert factories.token(techcorp) in fragments(stream)


def test_what_is_sent_later_names_the_fair_as_the_organiser_knows_it(listen, admin, techcorp):
    """It is made without a request, by the hub."""
    path = f"/live/admin/companies/{techcorp}"
    stream = listen(path, admin, Host="localhost:8080")
    link = f'value="http://localhost:8080/company/{factories.token(techcorp)}"'
    assert link in fragments(stream)
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.PAUSED})
    assert link in fragments(stream)


def test_a_students_places_follow(listen, admin, techcorp):
    alice = factories.student()
    stream = listen(f"/live/admin/students/{alice.student_id}", admin)
    fragments(stream)
    factories.entry(alice, techcorp)
    text = fragments(stream)
    assert 'hx-target="#entries"' in text
    assert 'hx-target="#override"' not in text


def test_a_students_day_at_the_desk_follows(listen, techcorp):
    alice = factories.student()
    entry_id = factories.entry(alice, techcorp)
    stream = listen(f"/live/admin/desk/{alice.student_id}", factories.member("desk"))
    assert 'hx-target="#person"' in fragments(stream)
    queues.absent(actors.company(techcorp), entry_id)
    text = fragments(stream)
    assert f"entries/{entry_id}/present" in text
    for region in ("person", "acts", "day"):
        assert f'hx-target="#{region}"' in text


def test_a_list_hears_that_something_changed(listen, admin, techcorp):
    alice = factories.student()
    stream = listen("/live/admin/lists", admin)
    stream.until("connection_established")
    factories.entry(alice, techcorp)
    assert stream.until("queue_update")[-1].data["action"] == "joined"


def test_a_list_hears_of_a_registration_a_new_name_and_a_deletion(listen, admin):
    stream = listen("/live/admin/lists", admin)
    stream.until("connection_established")
    alice = factories.student()
    accounts.edit_student(alice.actor, alice.student_id, {"first_name": "Alicia"})
    students.delete(actors.SYSTEM, alice.student_id, "Alicia Martin")
    for _ in range(3):
        told = stream.until("queue_update")[-1].data
        assert told == {"company_id": None, "action": "resync"}


def test_the_page_of_a_company_that_is_deleted_ends(listen, admin, techcorp):
    stream = listen(f"/live/admin/companies/{techcorp}", admin)
    fragments(stream)
    companies.delete(actors.SYSTEM, techcorp)
    assert stream.ends()


def test_the_page_of_a_student_who_is_deleted_ends(listen, admin):
    alice = factories.student()
    stream = listen(f"/live/admin/students/{alice.student_id}", admin)
    fragments(stream)
    students.delete(actors.SYSTEM, alice.student_id, "Alice Martin")
    assert stream.ends()


@pytest.mark.parametrize("path", ["companies/99", "students/99"])
def test_there_is_no_stream_of_what_is_not_there(listen, admin, path):
    assert listen(f"/live/admin/{path}", admin).status == 404


@pytest.mark.parametrize(("role", "acts"), [("desk", True), ("viewer", False)])
def test_a_stream_shows_what_its_viewer_may_do(listen, techcorp, role, acts):
    stream = listen(f"/live/admin/companies/{techcorp}", factories.member(role))
    first = fragments(stream)
    assert factories.token(techcorp) not in first
    entry_id = factories.entry(factories.student("Zoé"), techcorp)
    text = fragments(stream)
    assert "Zoé" in text
    assert (f"entries/{entry_id}/absent" in text) is acts
