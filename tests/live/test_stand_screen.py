"""What a stand's stream sends makes of the open page what it would be if loaded again."""

import pytest
from werkzeug.datastructures import MultiDict

from jobfair.domain.state import CompanyStatus, StudentStatus
from jobfair.feed import journal
from jobfair.feed.topics import topics_of
from jobfair.live.pages.stand import MET, STAND
from jobfair.live.stand_screen import StandListScreen, StandScreen
from jobfair.queries.stand import stands
from jobfair.services.companies import companies, notes
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import introductions
from jobfair.unit_of_work import actors
from tests.live.open_page import FollowedPage
from tests.support import factories
from tests.support.chance import seeded


def tablet_of(company_id, **query):
    """A stand's page that is open, and follows what happens."""
    token = stands.token_of(company_id)
    opened = STAND.open(MultiDict(query), token=token, company_id=company_id)
    return FollowedPage(lambda: StandScreen(opened))


def met_page_of(company_id):
    """The list of whom it met, likewise."""
    token = stands.token_of(company_id)
    opened = MET.open(MultiDict(), token=token, company_id=company_id)
    return FollowedPage(lambda: StandListScreen(opened))


@pytest.fixture
def techcorp(app):
    with app.test_request_context():
        yield factories.company("TechCorp")


def line(company_id, count):
    """The ids of this many students who wait there, by the id of their entry."""
    people = [factories.student(f"S{number}") for number in range(count)]
    return {factories.entry(person, company_id): person.student_id for person in people}


def test_a_start_sends_no_row_of_those_who_go_on_waiting(techcorp):
    first, *_ = waiting = line(techcorp, 3)
    tablet = tablet_of(techcorp)
    interviews.start(actors.student(waiting[first]), first)
    assert tablet.follow() == [
        (f"#waiting #entry-{first}", "delete"),
        ("#waiting-title", "outerMorph"),
        ("#in-interview", "outerMorph"),
    ]


def test_an_end_sends_who_is_called_next_and_one_more_who_is_done(techcorp):
    first, second, third, _ = waiting = line(techcorp, 4)
    interviews.start(actors.student(waiting[first]), first)
    interviews.complete(actors.company(techcorp), first)
    interviews.start(actors.student(waiting[second]), second)
    tablet = tablet_of(techcorp)
    interviews.complete(actors.company(techcorp), second)
    assert tablet.follow() == [
        (f"#waiting #entry-{third}", "outerMorph"),
        ("#waiting-title", "outerMorph"),
        (f"#completed #entry-{second}", "delete"),
        ("#completed>.lines", "afterbegin"),
        ("#completed-title", "outerMorph"),
        ("#in-interview", "outerMorph"),
    ]


def test_somebody_who_joins_comes_last_and_only_once(techcorp):
    first, *_ = waiting = line(techcorp, 3)
    tablet = tablet_of(techcorp)
    interviews.start(actors.student(waiting[first]), first)
    line(techcorp, 1)
    tablet.take_an_answer()
    assert ("#waiting>.rows", "beforeend") in tablet.follow()
    assert tablet.is_as_loaded_anew()


def test_a_note_sends_its_row_and_a_pause_the_stand_itself(techcorp):
    first, second = waiting = line(techcorp, 2)
    for each in (first, second):
        interviews.start(actors.student(waiting[each]), each)
        interviews.complete(actors.company(techcorp), each)
    tablet = tablet_of(techcorp)
    notes.write(actors.company(techcorp), second, {"text": "Speaks of trains"})
    companies.edit(actors.company(techcorp), techcorp, {"status": CompanyStatus.PAUSED})
    sent = tablet.follow()
    assert (f"#completed #entry-{second}", "outerMorph") in sent
    assert ("#stand", "outerMorph") in sent
    assert tablet.is_as_loaded_anew()


def test_what_a_student_shows_comes_with_the_call_and_goes_when_taken_back(techcorp):
    first, second, *_ = waiting = line(techcorp, 3)
    tablet, met = tablet_of(techcorp), met_page_of(techcorp)
    called = actors.student(waiting[first])
    for each in (first, second):
        shown = {"studies": f"Zoology {each}", "shows_introduction": True}
        introductions.change(actors.student(waiting[each]), shown)
    assert tablet.follow() == [(f"#waiting #entry-{first}", "outerMorph")]
    assert f"Zoology {first}" in tablet.page.shown()
    assert f"Zoology {second}" not in tablet.page.shown()
    interviews.start(called, first)
    interviews.complete(actors.company(techcorp), first)
    tablet.follow()
    met.follow()
    assert f"Zoology {first}" in met.page.shown()
    introductions.change(called, {"shows_introduction": False})
    for page in (tablet, met):
        page.follow()
        assert f"Zoology {first}" not in page.page.shown()
        assert page.is_as_loaded_anew()


def test_a_student_who_only_waits_wakes_no_stand(techcorp):
    first, second = waiting = line(techcorp, 2)
    before = journal.span()[1]
    for each in (second, first):
        shown = {"studies": "Zoology", "shows_introduction": True}
        introductions.change(actors.student(waiting[each]), shown)
    _number, rows = journal.since(before)
    woken = [sorted(topic for topic in topics_of(row) if "stand" in topic) for row in rows]
    assert woken == [[], [f"stand:{techcorp}"]]
    opened = STAND.open(MultiDict(), token=stands.token_of(techcorp), company_id=techcorp)
    assert StandScreen(opened).urgent(rows[1])


def test_beyond_what_is_shown_the_next_one_moves_up_and_the_rest_is_counted(techcorp):
    first, *_ = waiting = line(techcorp, stands.SHOWN_WAITING + 2)
    tablet = tablet_of(techcorp)
    interviews.start(actors.student(waiting[first]), first)
    assert {("#waiting>.rows", "beforeend"), ("#waiting-more", "outerMorph")} < {*tablet.follow()}
    assert tablet.is_as_loaded_anew()


def test_where_all_are_shown_all_stay_shown(techcorp):
    first, *_ = waiting = line(techcorp, stands.SHOWN_WAITING + 2)
    tablet = tablet_of(techcorp, all="1")
    interviews.start(actors.student(waiting[first]), first)
    tablet.follow()
    assert f'id="entry-{max(waiting)}"' in tablet.page.shown()
    assert tablet.is_as_loaded_anew()


def test_a_name_that_is_looked_for_stays_so_through_pushes(techcorp):
    first, *_ = waiting = line(techcorp, 3)
    tablet = tablet_of(techcorp, find="s1")
    interviews.start(actors.student(waiting[first]), first)
    tablet.follow()
    assert [f'id="entry-{each}"' in tablet.page.shown() for each in waiting] == [True, True, False]
    assert tablet.is_as_loaded_anew()


@pytest.mark.parametrize("query", [{}, {"find": "s1"}, {"all": ""}])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_the_page_is_as_loaded_anew(techcorp, seed, query):
    chance = seeded(seed)
    rival = factories.company("Rival")
    people = [factories.student(f"S{number % 3}").student_id for number in range(6)]
    tablet = tablet_of(techcorp, **query)
    changes = 0
    for _ in range(30):
        before = journal.span()[1]
        for _ in range(chance.randint(1, 3)):
            something(chance, techcorp, rival, people)
        if journal.span()[1] > before:
            changes += 1
            tablet.follow()
            assert tablet.is_as_loaded_anew()
    assert changes > 7


def something(chance, techcorp, rival, people):
    """Somebody does something, whether it may be done or not."""
    student_id = chance.choice(people)
    company_id = chance.choice((techcorp, techcorp, rival))
    student, company = actors.student(student_id), actors.company(company_id)
    stand = stands.stand(company_id)
    entry_id = chance.choice([row.id for row in (*stand.waiting, *stand.done)] or [0])
    called = [row for row in stand.waiting if row.turn is not None]
    chance.choice(
        [
            lambda: queues.join(student, company_id),
            lambda: queues.join(student, company_id),
            lambda: introductions.change(
                student, {"year": chance.choice("MB"), "shows_introduction": chance.random() < 0.7}
            ),
            lambda: [interviews.start(actors.student(row.student_id), row.id) for row in called],
            lambda: [interviews.start(actors.student(row.student_id), row.id) for row in called],
            lambda: [interviews.complete(company, row.id) for row in stand.in_interview],
            lambda: [interviews.complete(company, row.id) for row in stand.in_interview],
            lambda: stand.done and interviews.undo_completion(company, stand.done[0].id),
            lambda: [queues.absent(company, row.id) for row in called],
            lambda: presence.change_status(student, chance.choice([*StudentStatus])),
            lambda: companies.edit(
                actors.SYSTEM, company_id, {"status": chance.choice([*CompanyStatus])}
            ),
            lambda: companies.edit(actors.SYSTEM, company_id, {"slots": chance.randint(1, 3)}),
            lambda: (
                entry_id and notes.write(company, entry_id, {"text": f"Note {chance.random()}"})
            ),
        ]
    )()
