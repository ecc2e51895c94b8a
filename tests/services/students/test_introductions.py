"""What a student shows of themselves is seen where they are called, met or done, and nowhere else
(rule 16): owner, stranger and nobody, in every state that an entry can be in."""

import pytest

from jobfair.domain.refusals import Refusal
from jobfair.domain.state import EntryState, StudentStatus
from jobfair.exceptions import RequestCode
from jobfair.extensions import db
from jobfair.models import JournalRow
from jobfair.queries import introductions as query
from jobfair.queries.stand import stands
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import introductions, students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.chance import seeded

SHOWN = {
    "studies": "Zoologie",
    "year": "M2",
    "seeking": "internship, phd",
    "sentence": "J'aime les zèbres",
    "link": "https://zoo.example/z",
    "shows_email": True,
    "shows_introduction": True,
}


def show(person, **changes):
    assert introductions.change(person.actor, {**SHOWN, **changes}) is None


def rows(company_id):
    stand = stands.stand(company_id, stands.ALL)
    return {row.student_id: row for row in (*stand.in_interview, *stand.waiting, *stand.done)}


def seen(company_id, person):
    row = rows(company_id).get(person.student_id)
    return None if row is None else row.introduction


def test_a_stand_sees_all_that_is_shown_and_the_address_only_if_it_is(alice, techcorp):
    factories.interview(alice, techcorp)
    show(alice)
    found = seen(techcorp, alice)
    assert (found.studies, found.year, found.seeking) == ("Zoologie", "M2", "internship, phd")
    assert (found.sentence, found.link) == ("J'aime les zèbres", "https://zoo.example/z")
    assert found.email == alice.email
    introductions.change(alice.actor, {"shows_email": False})
    assert seen(techcorp, alice).email is None


def test_nothing_is_seen_before_the_student_says_so_even_if_it_is_known(alice, techcorp):
    factories.interview(alice, techcorp)
    show(alice, shows_introduction=None)
    assert seen(techcorp, alice) is None


def test_taken_back_it_is_gone_and_kept_for_the_student(alice, techcorp):
    factories.interview(alice, techcorp)
    show(alice)
    introductions.change(alice.actor, {"shows_introduction": False})
    assert seen(techcorp, alice) is None
    assert query.own(alice.student_id)["studies"] == "Zoologie"


def test_who_waits_is_a_name_until_called(bob, alice, techcorp):
    show(alice)
    show(bob)
    factories.entry(bob, techcorp)
    waiting = factories.entry(alice, techcorp)
    assert seen(techcorp, bob) is not None
    assert seen(techcorp, alice) is None
    assert waiting in {row.id for row in stands.stand(techcorp).waiting}


def test_a_turn_that_ends_takes_it_along(alice, techcorp):
    show(alice)
    factories.entry(alice, techcorp)
    assert seen(techcorp, alice) is not None
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    assert seen(techcorp, alice) is None


def test_another_stand_sees_nothing_of_whom_it_does_not_call(alice, bob, techcorp):
    other = factories.company("Other")
    show(alice)
    factories.interview(bob, other)
    factories.interview(alice, techcorp)
    factories.entry(alice, other)
    assert seen(techcorp, alice) is not None
    assert seen(other, alice) is None


def test_the_called_list_of_programs_says_the_same(alice, techcorp):
    show(alice)
    factories.entry(alice, techcorp)
    (called,) = stands.called(techcorp)
    assert called.introduction == seen(techcorp, alice)


def test_what_somebody_else_changed_meanwhile_is_asked_about(alice):
    show(alice)
    refused = introductions.change(alice.actor, {"studies": "Botanique"}, {"studies": "before"})
    assert refused == Refusal(RequestCode.CHANGED_MEANWHILE)
    assert query.own(alice.student_id)["studies"] == "Zoologie"


def test_the_journal_names_the_fields_and_never_the_words(alice, techcorp):
    factories.interview(alice, techcorp)
    show(alice)
    introductions.change(alice.actor, {"shows_introduction": True})
    with db.engine.connect() as connection:
        found = connection.execute(db.select(JournalRow.kind, JournalRow.data)).all()
    (data,) = [row.data for row in found if row.kind == "introduction_changed"]
    assert data == {
        "student_id": alice.student_id,
        "fields": [*SHOWN],
        "shown": True,
        "stands": [techcorp],
    }
    assert "Zoologie" not in str(found)


@pytest.mark.parametrize("seed", range(3))
def test_in_whatever_state_a_stand_sees_it_exactly_where_it_may(app, seed):
    """Random fairs: seen if and only if shown, and called, running or done there."""
    chance = seeded(seed)
    company_ids = [factories.company(name, slots=2) for name in ("A", "B", "C")]
    people = [factories.student(f"S{number}") for number in range(5)]
    shown, states = set(), set()
    for _ in range(60):
        something(chance, company_ids, people, shown)
        for company_id in company_ids:
            for student_id, row in rows(company_id).items():
                may = row.state is not EntryState.WAITING or row.turn is not None
                states.add((row.state, row.turn is not None, row.aside, student_id in shown))
                assert (row.introduction is not None) == (may and student_id in shown), row
    assert len(states) > 6


def something(chance, company_ids, people, shown):
    person, company_id = chance.choice(people), chance.choice(company_ids)
    stand = stands.stand(company_id)
    called = [row for row in stand.waiting if row.turn is not None]
    company = actors.company(company_id)

    def choose(shows):
        introductions.change(person.actor, {**SHOWN, "shows_introduction": shows})
        (shown.add if shows else shown.discard)(person.student_id)

    chance.choice(
        [
            lambda: queues.join(person.actor, company_id),
            lambda: queues.join(person.actor, company_id),
            lambda: [interviews.start(actors.student(row.student_id), row.id) for row in called],
            lambda: [interviews.complete(company, row.id) for row in stand.in_interview],
            lambda: [queues.absent(company, row.id) for row in called[:1]],
            lambda: presence.change_status(person.actor, chance.choice([*StudentStatus][:2])),
            lambda: students.force_status(actors.SYSTEM, person.student_id, "available"),
            lambda: companies.edit(actors.SYSTEM, company_id, {"slots": chance.randint(1, 3)}),
            lambda: choose(True),
            lambda: choose(True),
            lambda: choose(False),
        ]
    )()
