"""What the overview asks an organiser to look at, and the button that solves each."""

import re

import pytest
from sqlalchemy import event, select

from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.extensions import db
from jobfair.models import JournalRow, Role
from jobfair.queries.admin.fair.alerts import alerts
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services import webhooks
from jobfair.services.companies import companies
from jobfair.services.fair import alerts as alert_service
from jobfair.services.fair import fair
from jobfair.services.queues import presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program


def shown(text):
    """The alerts of a page, as (kind, words)."""
    found = re.findall(r'<li class="alert alert-(\w+)[^>]*>(.*?)</p>', text, re.DOTALL)
    return [(kind, " ".join(re.sub("<[^>]+>", "", words).split())) for kind, words in found]


def pause(person):
    presence.change_status(person.actor, StudentStatus.PAUSED)


def actor_of(kind):
    """Who did the latest thing of this kind."""
    query = select(JournalRow.actor).where(JournalRow.kind == kind)
    with db.engine.connect() as connection:
        return connection.execute(query.order_by(JournalRow.number.desc())).scalars().first()


def test_a_fair_in_which_all_is_well_says_so(organiser, techcorp, alice):
    factories.interview(alice, techcorp)
    page = organiser.get("/admin/").text
    assert shown(page) == []
    assert "Nothing stands still." in page


def test_an_interview_over_half_an_hour_can_be_ended(organiser, time, techcorp, alice):
    entry_id = factories.interview(alice, techcorp)
    time.pass_(minutes=29, seconds=50)
    assert shown(organiser.get("/admin/").text) == []
    time.pass_(seconds=20)
    page = organiser.get("/admin/").text
    [(kind, words)] = shown(page)
    assert kind == "long"
    assert re.fullmatch(r"Alice Martin has been at TechCorp since .*\.", words)
    assert f'href="/admin/companies/{techcorp}"' in page
    answer = organiser.say(f"/admin/alerts/entries/{entry_id}/complete")
    assert "Interview done" in answer.text
    assert 'hx-target="#alerts"' in answer.text
    assert shown(answer.text) == []
    assert stands.company_by_id(techcorp).running == 0


def test_an_idle_stand_names_somebody_who_has_not_come(organiser, time, techcorp, alice):
    entry_id = factories.entry(alice, techcorp)
    time.pass_(minutes=2, seconds=50)
    assert shown(organiser.get("/admin/").text) == []
    time.pass_(seconds=20)
    [(kind, words)] = shown(organiser.get("/admin/").text)
    assert kind == "idle"
    assert words.startswith("TechCorp waits: Alice Martin, called at ")
    bob = factories.student("Bob")
    factories.entry(bob, techcorp)
    page = organiser.follow(organiser.post(f"/admin/alerts/entries/{entry_id}/absent")).text
    assert "Alice Martin did not come; Bob Martin is called" in page
    assert shown(page) == []
    assert actor_of("set_aside") == "admin"
    assert places.dashboard(bob.student_id).turns


def test_a_stand_where_an_interview_runs_has_longer(organiser, time, app, alice):
    company_id = factories.company("TwoSlots", slots=2)
    factories.interview(factories.student("Bob"), company_id)
    factories.entry(alice, company_id)
    time.pass_(minutes=4, seconds=50)
    assert shown(organiser.get("/admin/").text) == []
    time.pass_(seconds=20)
    [(kind, words)] = shown(organiser.get("/admin/").text)
    assert kind == "late"
    assert words.startswith("Alice Martin, called to TwoSlots at ")


def test_of_an_idle_stand_the_first_called_is_one_alert_and_the_others_are_late(time, app):
    company_id = factories.company("ThreeSlots", slots=3)
    people = [factories.student(name) for name in ("Alice", "Bob", "Chloé")]
    entries = [factories.entry(person, company_id) for person in people]
    time.pass_(minutes=6)
    now = alerts()
    assert [alert.entry_id for alert in now.idle] == entries[:1]
    assert [alert.entry_id for alert in now.late] == entries[1:]


def test_a_queue_that_nobody_in_it_can_move(organiser, techcorp, alice):
    people = [alice, *(factories.student(name) for name in ("Bob", "David"))]
    entries = [factories.entry(person, techcorp) for person in people]
    queues.absent(actors.company(techcorp), entries[0])
    pause(people[1])
    students.set_active(actors.SYSTEM, people[2].student_id, active=False)
    page = organiser.get("/admin/").text
    [(kind, words)] = shown(page)
    assert kind == "stuck"
    assert words.startswith("TechCorp has a free seat, and nobody in the queue can come.")
    for reason in ("1 on a break", "1 set aside", "1 deactivated"):
        assert reason in words
    assert 'href="/admin/messages?company=TechCorp"' in page


def test_what_solves_itself_is_no_alert(organiser, techcorp, alice):
    bob = factories.student("Bob")
    for person in (alice, bob):
        factories.entry(person, techcorp)
    pause(alice)
    factories.interview(bob, factories.company("Elsewhere"))
    assert shown(organiser.get("/admin/").text) == []


def test_making_a_stuck_queue_available_leaves_everybody_else_alone(organiser, techcorp, alice):
    bob, other = factories.student("Bob"), factories.student("Chloé")
    for person in (alice, bob):
        factories.entry(person, techcorp)
    for person in (alice, bob, other):
        pause(person)
    answer = organiser.say(f"/admin/alerts/companies/{techcorp}/available")
    assert "2 students are available again" in answer.text
    assert shown(answer.text) == []
    assert places.dashboard(alice.student_id).turns
    assert places.dashboard(other.student_id).student.status == "paused"
    assert actor_of("student_status_changed") == "admin"


def test_somebody_who_said_they_are_not_there_is_not_brought_back_by_it(organiser, techcorp, alice):
    entry_id = factories.entry(alice, techcorp)
    queues.absent(actors.company(techcorp), entry_id)
    pause(alice)
    answer = organiser.say(f"/admin/alerts/companies/{techcorp}/available")
    assert "0 students are available again" in answer.text
    assert places.dashboard(alice.student_id).student.status == "paused"


@pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.CLOSED])
def test_while_the_fair_is_not_open_only_long_interviews_are_told(time, techcorp, alice, phase):
    factories.interview(alice, techcorp)
    factories.entry(factories.student("Bob"), factories.company("Idle"))
    stuck = factories.student("Chloé")
    factories.entry(stuck, factories.company("Stuck"))
    pause(stuck)
    time.pass_(minutes=31)
    before = alerts()
    assert (len(before.idle), len(before.stuck), len(before.long)) == (1, 1, 1)
    fair.set_phase(actors.SYSTEM, phase)
    now = alerts()
    assert (len(now), len(now.long)) == (1, 1)


def test_a_paused_company_raises_no_alert(time, techcorp, alice):
    factories.entry(alice, techcorp)
    pause(alice)
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.PAUSED})
    time.pass_(minutes=31)
    assert len(alerts()) == 0


def test_what_is_solved_meanwhile_is_refused_in_words(organiser, techcorp, alice):
    entry_id = factories.entry(alice, techcorp)
    queues.absent(actors.company(techcorp), entry_id)
    answer = organiser.say(f"/admin/alerts/entries/{entry_id}/absent")
    assert answer.status_code == 400
    assert "Nobody is called with this entry" in answer.text


@pytest.mark.parametrize(
    "path", ["entries/99/absent", "entries/99/complete", "companies/99/available"]
)
def test_what_is_no_more_is_said_to_be_so(organiser, app, path):
    assert organiser.post(f"/admin/alerts/{path}").status_code == 404


def test_of_many_alerts_the_worst_are_shown_and_all_can_be_reached(organiser, time, app):
    company_id = factories.company("ManySlots", slots=30, stand="A1", hall="Nord")
    for number in range(25):
        factories.interview(factories.student(f"Number{number}"), company_id)
        time.pass_(seconds=1)
    time.pass_(minutes=31)
    page = organiser.get("/admin/").text
    assert [re.findall(r"Number\d+", words)[0] for _, words in shown(page)] == [
        f"Number{number}" for number in range(5)
    ]
    assert "See all 26 alerts" in page  # With the row of links that nobody has opened.
    assert 'href="/admin/alerts"' in page
    numbers = range(1, 3)
    pages = [organiser.get("/admin/alerts", page=str(number)).text for number in numbers]
    reached = [words for text in pages for _, words in shown(text)]
    assert len(set(reached)) == 25
    assert all(words.startswith("A1 ") for words in reached)


def test_the_page_groups_by_kind_and_hall_and_filters(organiser, time, app):
    for name, hall in (("One", "Sud"), ("Two", "Nord"), ("Three", None)):
        company_id = factories.company(name, hall=hall)
        factories.entry(factories.student(f"Late{name}"), company_id)
        running = factories.company(f"Busy{name}", hall=hall)
        factories.interview(factories.student(f"Long{name}"), running)
        time.pass_(seconds=1)
    time.pass_(minutes=31)
    page = organiser.get("/admin/alerts").text
    heads = [" ".join(re.sub("<[^>]+>", "", h).split()) for h in re.findall("<h2 .*?</h2>", page)]
    assert heads == [
        *(f"Stands with nobody in interview{hall} 1" for hall in (", Nord", ", Sud", "")),
        *(f"Interviews of more than 30 minutes{hall} 1" for hall in (", Nord", ", Sud", "")),
    ]
    assert "7 alerts" in page  # With the row of links that nobody has opened.
    narrowed = organiser.get("/admin/alerts", kind="long", hall="nord").text
    assert [kind for kind, _ in shown(narrowed)] == ["long"]
    assert "1 of 7 alerts" in narrowed
    assert "kind=long&amp;hall=nord" in re.findall(r'"/live/admin/alerts[^"]*"', narrowed)[0]
    assert len(shown(organiser.get("/admin/alerts", kind="rubbish", page="x").text)) == 6


@pytest.fixture
def late(time, techcorp, alice):
    """The key of an alert: a call that nobody answers."""
    factories.entry(alice, techcorp)
    time.pass_(minutes=4)
    return alerts().idle[0].key


def taken_by():
    return [alert.taking and alert.taking.email for alert in alerts()]


def test_an_alert_is_taken_on_seen_so_and_given_back(organiser, late):
    answer = organiser.at("/admin/alerts").say(f"/admin/alerts/{late}/taking")
    assert "You have taken this on" in answer.text
    assert 'hx-target="#alert-list"' in answer.text
    assert taken_by() == ["admin@example.org"]
    assert "admin@example.org, since" in organiser.get("/admin/").text
    assert actor_of("alert_taken") == "admin"
    back = organiser.say(f"/admin/alerts/{late}/taking/end")
    assert "I take this on" in back.text
    assert taken_by() == [None]


def test_what_a_colleague_has_taken_on_is_refused_in_words(organiser, late):
    alert_service.take(factories.member(Role.DESK).actor, late)
    answer = organiser.say(f"/admin/alerts/{late}/taking")
    assert answer.status_code == 409
    assert "Somebody else has taken this alert on" in answer.text


def test_taking_on_lapses_after_ten_minutes(late, time):
    colleague, other = factories.member(Role.DESK), factories.member(Role.DESK)
    alert_service.take(colleague.actor, late)
    time.pass_(minutes=9, seconds=59)
    assert taken_by() == [colleague.email]
    time.pass_(seconds=2)
    assert taken_by() == [None]
    assert alert_service.take(other.actor, late) is None
    assert taken_by() == [other.email]


def test_an_alert_that_ends_and_comes_again_is_nobodys(organiser, time, techcorp, alice):
    factories.entry(alice, techcorp)
    pause(alice)
    [stuck] = alerts().stuck
    alert_service.take(factories.member(Role.DESK).actor, stuck.key)
    assert taken_by() != [None]
    presence.change_status(alice.actor, StudentStatus.AVAILABLE)
    assert len(alerts()) == 0
    pause(alice)
    assert taken_by() == [None]


def test_an_alert_that_is_over_cannot_be_taken_on(organiser, late, techcorp, alice):
    pause(alice)
    students.force_status(actors.SYSTEM, alice.student_id, StudentStatus.AVAILABLE)
    for key in (late, "call-0", "rubbish"):
        answer = organiser.say(f"/admin/alerts/{key}/taking")
        assert answer.status_code == 400
        assert "This alert is over already" in answer.text


def dead_server(url="https://hooks.example/secret"):
    """The id of a server that wants to be told of events no more."""
    webhook_id = webhooks.make(actors.SYSTEM, url, ["interview_started"]).id
    claimed = webhooks.claim(webhook_id)
    webhooks.store(claimed, 1, 0, "interview_started", webhooks.Outcome(410, "gone"))
    return webhook_id


@pytest.mark.parametrize("phase", Phase)
def test_a_server_that_is_told_no_more_is_an_alert_until_it_is_told_again(organiser, phase):
    fair.set_phase(actors.SYSTEM, phase)
    webhook_id = dead_server()
    for address in ("/admin/", "/admin/alerts"):
        page = organiser.get(address).text
        [(kind, words)] = shown(page)
        assert kind == "server"
        assert words.startswith("hooks.example has failed too often, and gets no more events")
        assert f'href="/admin/programs/webhooks#server-{webhook_id}"' in page
        assert "secret" not in page, "its address may hold one"
    assert f'id="server-{webhook_id}"' in organiser.get("/admin/programs/webhooks").text
    organiser.post(f"/admin/programs/webhooks/{webhook_id}/resume")
    assert shown(organiser.get("/admin/").text) == []


def test_who_may_not_see_to_it_sees_the_alert_without_its_button(client):
    dead_server()
    for role in (Role.DESK, Role.VIEWER):
        factories.member(role).sign_in(client)
        page = client.get("/admin/alerts").text
        assert [kind for kind, _words in shown(page)] == ["server"]
        assert "/admin/programs/webhooks" not in page


def test_a_dead_server_is_taken_on_and_the_log_names_it(organiser):
    key = f"server-{dead_server()}"
    answer = organiser.at("/admin/alerts").say(f"/admin/alerts/{key}/taking")
    assert "You have taken this on" in answer.text
    assert taken_by() == ["admin@example.org"]
    organiser.say(f"/admin/alerts/{key}/taking/end")
    assert taken_by() == [None]
    log = re.sub("<[^>]+>", "", organiser.get("/admin/audit").text)
    assert "An alert about the server hooks.example was taken on" in log
    assert "An alert about the server hooks.example was given back" in log


def test_a_program_reads_of_a_dead_server(client, admin):
    webhook_id = dead_server()
    (alert,) = Program(client, admin).get("/api/admin/alerts/").json
    assert (alert["id"], alert["kind"]) == (f"server-{webhook_id}", "server")
    assert (alert["webhook"], alert["host"]) == (webhook_id, "hooks.example")
    assert alert["company"] is alert["company_name"] is alert["student"] is None
    assert Program(client, admin).post(f"/api/admin/alerts/server-{webhook_id}/taking/").text == ""


def test_the_alerts_cost_the_same_number_of_statements_however_many_they_are(time, app):
    assert statements(alerts) == statements(_with_alerts(time)) == 6


def _with_alerts(time):
    for number in range(3):
        company_id = factories.company(f"Idle{number}")
        factories.entry(factories.student(f"Late{number}"), company_id)
        factories.interview(factories.student(f"Long{number}"), factories.company(f"L{number}"))
        stuck = factories.student(f"Stuck{number}")
        factories.entry(stuck, factories.company(f"S{number}"))
        pause(stuck)
    time.pass_(minutes=31)
    for number in range(3):
        dead_server(f"https://hooks{number}.example/secret")
    assert len(alerts()) == 12
    return alerts


def statements(read):
    """How many statements a read sends."""
    seen = []

    def count(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        read()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len([each for each in seen if each.lstrip().upper().startswith("SELECT")])


def test_that_somebody_did_not_come_is_taken_back_from_where_it_was_said(
    organiser, time, techcorp, alice
):
    entry_id = factories.entry(alice, techcorp)
    time.pass_(minutes=4)
    answer = organiser.say(f"/admin/alerts/entries/{entry_id}/absent")
    assert "Alice Martin did not come, and is set aside" in answer.text
    [address] = re.findall(r'class="toast.*?action="([^"]+)"', answer.text, re.DOTALL)
    undone = organiser.say(address)
    assert "Alice Martin is called again" in undone.text
    assert places.dashboard(alice.student_id).turns


def test_somebody_called_to_several_stands_is_one_alert_that_names_them(organiser, time, alice):
    for name, hall in (("One", "Nord"), ("Two", "Sud")):
        factories.entry(alice, factories.company(name, stand=f"{name[0]}1", hall=hall))
        time.pass_(seconds=30)
    time.pass_(minutes=6)
    page = organiser.get("/admin/").text
    [(kind, words)] = shown(page)
    assert kind == "idle"
    assert re.match(r"O1 Alice Martin, called to One \(.*\), Two \(Stand T1, .*\), has not", words)
    for name in ("One", "Two"):
        assert f"Did not come to {name}" in page
    # One alert, and the row of links that nobody has opened.
    assert '<span class="count">2</span>' in re.findall('<h2 id="alerts-title">.*?</h2>', page)[0]
    for hall in ("Nord", "Sud"):
        assert len(shown(organiser.get("/admin/alerts", hall=hall).text)) == 1
    assert len(alerts()) == 2
    second = alerts().idle[1].entry_id
    left = shown(organiser.say(f"/admin/alerts/entries/{second}/absent").text)
    assert left[0][1].startswith("O1 One waits: Alice Martin")
