"""The queues on paper: every company's, complete and in order, in a few statements."""

import re

from sqlalchemy import event

from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.extensions import db
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import presence, queues
from jobfair.services.students import introductions, students
from jobfair.unit_of_work import actors
from tests.support import factories


def sheets(page):
    """Each company's lines, as (position, name, mark)."""
    found = {}
    for sheet in re.findall(r'<section class="sheet".*?</section>', page.text, re.S):
        name = re.search(r"<h2[^>]*>(?:<bdi>)?([^<]+)", sheet)[1]
        line = r'class="rank">(\d+)</td><th scope="row"><bdi>([^<]+)</bdi></th><td>(.*?)</td>'
        found[name] = [
            (int(position), who, re.sub(r"<.*?>", "", mark))
            for position, who, mark in re.findall(line, sheet, re.S)
        ]
    return found


def test_every_queue_in_order_with_its_marks(organiser):
    techcorp = factories.company("TechCorp", stand="B 12", slots=2)
    rival = factories.company("A rival")
    names = ("Alice", "Bob", "Chloé", "David", "Emma", "Farid")
    alice, bob, chloe, david, emma, farid = map(factories.student, names)
    factories.interview(alice, techcorp)
    for person in (bob, chloe, david, emma, farid):
        factories.entry(person, techcorp)
    queues.pass_turn(bob.actor, first_entry(organiser, techcorp))
    factories.interview(david, rival)
    presence.change_status(emma.actor, StudentStatus.PAUSED)
    students.set_active(actors.SYSTEM, farid.student_id, active=False)
    shown = sheets(organiser.get("/admin/paper"))
    assert list(shown) == ["TechCorp", "A rival"]  # In the order of the stands; that has none.
    (first, who, since), *waiting = shown["TechCorp"]
    assert (first, who) == (1, "Alice Martin")
    assert re.match(r"since \d", since)
    assert waiting == [
        (2, "Bob Martin", "Set aside, keeps the place"),
        (3, "Chloé Martin", "Called"),
        (4, "David Martin", "In interview elsewhere"),
        (5, "Emma Martin", "On a break"),
        (6, "Farid Martin", "Account deactivated"),
    ]


def first_entry(organiser, company_id):
    """The entry that waits first."""
    from jobfair.queries.stand import stands

    return stands.stand(company_id).waiting[0].id


def test_a_long_queue_is_there_to_its_end_and_those_who_left_are_not(organiser, monkeypatch):
    monkeypatch.setattr("jobfair.security.hashing.passwords.hash_password", lambda password: "x")
    techcorp = factories.company("TechCorp")
    people = [factories.student(f"S{number}") for number in range(60)]
    for person in people:
        factories.entry(person, techcorp)
    queues.leave_all(people[10].actor)
    positions = [line[0] for line in sheets(organiser.get("/admin/paper"))["TechCorp"]]
    assert positions == [each for each in range(1, 61) if each != 11]


def test_companies_without_anybody_are_named_together(organiser):
    factories.company("Quiet", stand="Z9")
    busy = factories.company("Busy")
    factories.entry(factories.student(), busy)
    page = organiser.get("/admin/paper")
    assert list(sheets(page)) == ["Busy", "Nobody waits or is in an interview here"]
    assert "<bdi>Quiet</bdi> (Z9)" in page.text


def test_what_a_stand_and_the_fair_say_of_themselves(organiser):
    busy = factories.company("Busy")
    factories.entry(factories.student(), busy)
    changes = {"status": CompanyStatus.PAUSED, "queue_open": False}
    companies.edit(actors.SYSTEM, busy, changes)
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    page = organiser.get("/admin/paper").text
    for words in ("Paused", "Queue closed", "The fair is closed. Nobody is called any more."):
        assert words in page


def test_an_empty_fair_has_its_page_too(organiser):
    assert organiser.get("/admin/paper").status_code == 200


def test_the_time_is_the_fairs_own(organiser, app):
    page = organiser.get("/admin/paper").text
    assert f"({app.config['BABEL_DEFAULT_TIMEZONE']})" in page


def test_it_is_one_click_from_the_overview(organiser):
    assert 'href="/admin/paper"' in organiser.get("/admin/").text


def test_as_few_statements_for_many_companies_as_for_one(organiser):
    def fill(name):
        factories.entry(factories.student(), factories.company(name))

    fill("One")
    alone = statements(lambda: organiser.get("/admin/paper"))
    for number in range(12):
        fill(f"Company {number}")
    assert statements(lambda: organiser.get("/admin/paper")) == alone


def statements(action):
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    action()
    return len(seen)


def test_a_page_of_the_site_holds_no_style_of_its_own(organiser):
    page = organiser.get("/admin/paper").text
    assert "<style" not in page
    assert "static/paper.css" in page


def test_what_a_student_shows_is_printed_where_their_stand_may_see_it(organiser):
    techcorp = factories.company("TechCorp", slots=2)
    running, called, waiting = map(factories.student, ("Alice", "Bob", "Chloé"))
    for person, studies in ((running, "Zoology"), (called, "Botany"), (waiting, "Geology")):
        introductions.change(person.actor, {"studies": studies, "shows_introduction": True})
    factories.interview(running, techcorp)
    for person in (called, waiting):
        factories.entry(person, techcorp)
    page = organiser.get("/admin/paper").text
    assert "Zoology" in page
    assert "Botany" in page
    assert "Geology" not in page
