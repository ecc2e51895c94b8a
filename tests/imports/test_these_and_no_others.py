"""A list that holds all there are: who is not in it is removed, and asked about while busy."""

import pytest

from jobfair.domain.refusals import Refusal
from jobfair.fields.companies.companies import NewCompany
from jobfair.imports import comparing, importing, undoing
from jobfair.imports.comparing import ListedStudent
from jobfair.queries.admin import roster
from jobfair.services import many_at_once
from jobfair.services.access import sign_ins
from jobfair.services.companies import notes
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories

ADMIN = actors.admin(1)
NOBODY = frozenset()


@pytest.fixture
def app(app_on_both_databases):
    return app_on_both_databases


def listed(*people):
    return [
        ListedStudent(each.email.partition("@")[0].title(), "Martin", each.email) for each in people
    ]


def names():
    return {each.first_name for each in roster.students()}


def stands():
    return {each.company.name for each in roster.companies()}


@pytest.fixture
def floor(app):
    return Floor()


class Floor:
    """Ana is in an interview at Acme, where Cy waits and Di has been and has a note; Bo is called
    at Globex. Ed has done nothing, and nobody was at Idle."""

    def __init__(self):
        self.acme, self.globex = factories.company("Acme"), factories.company("Globex")
        self.idle = factories.company("Idle")
        self.ana, self.bo, self.cy, self.di, self.ed = (
            factories.student(name, email=f"{name.lower()}@example.org")
            for name in ("Ana", "Bo", "Cy", "Di", "Ed")
        )
        stand = actors.company(self.acme)
        met = factories.interview(self.di, self.acme)
        interviews.complete(stand, met)
        notes.write(stand, met, {"text": "good"})
        factories.interview(self.ana, self.acme)
        factories.entry(self.bo, self.globex)
        factories.entry(self.cy, self.acme)


def compared(*people, named=NOBODY):
    return comparing.compare_students(listed(*people), [{}] * len(people), named)


def carried_out(promise, *people, also=()):
    return importing.import_students(
        ADMIN, listed(*people), promise, [{}] * len(people), NOBODY, also
    )


def test_what_each_would_lose(floor):
    found = {each.name: each for each in compared().removed}
    assert {name.split()[0] for name in found} == {"Cy", "Di", "Ed"}
    cy, di, ed = (found[f"{name} Martin"] for name in ("Cy", "Di", "Ed"))
    assert (cy.waiting, cy.loses_something) == (1, True)
    assert (di.done, di.notes) == (1, 1)
    assert not ed.loses_something
    companies = comparing.compare_companies([], [], NOBODY)
    (idle,) = companies.removed
    assert (idle.name, idle.loses_something) == ("Idle", False)
    acme, globex = companies.busy
    assert (acme.running, acme.called, acme.waiting, acme.done, acme.notes) == (1, 0, 1, 1, 1)
    assert (globex.called, globex.waiting) == (1, 0)


def test_those_who_are_not_in_the_list_go_with_their_places(floor):
    done = carried_out(compared(floor.ed).promise, floor.ed)
    assert (done.removed, done.unchanged) == (2, 1)
    assert names() == {"Ana", "Bo", "Ed"}, "who is in an interview or called stays"
    acme = next(each for each in roster.companies() if each.company.id == floor.acme)
    assert acme.company.waiting == 0


def test_who_is_in_an_interview_or_called_goes_where_that_is_said_of_them(floor):
    also = {floor.ana.student_id}
    assert carried_out(compared(floor.ed).promise, floor.ed, also=also).removed == 3
    assert names() == {"Bo", "Ed"}


def test_a_company_at_which_somebody_is_called_goes_where_that_is_said_of_it(floor):
    promise = comparing.compare_companies([], [], NOBODY).promise
    done = importing.import_companies(ADMIN, [], promise, [], NOBODY, {floor.globex})
    assert (done.removed, stands()) == (2, {"Acme"})


def test_who_is_meant_by_a_line_that_was_left_out_is_not_missing(floor):
    found = compared(named=frozenset({floor.cy.email, floor.ana.email}))
    assert [each.name for each in found.removed] == ["Di Martin", "Ed Martin"]
    assert [each.name for each in found.busy] == ["Bo Martin"]


def test_what_else_a_list_does_it_does_as_well(floor):
    cards = [NewCompany("Acme", "A 1"), NewCompany("New")]
    given = [{"stand": "A 1"}, {}]
    promise = comparing.compare_companies(cards, given, NOBODY).promise
    done = importing.import_companies(ADMIN, cards, promise, given, NOBODY)
    assert (done.added, done.updated, done.removed) == (1, 1, 1)
    assert stands() == {"Acme", "Globex", "New"}


def test_who_is_called_meanwhile_is_asked_about_first(floor):
    """Else somebody would go who was not busy when the organiser looked."""
    promise = compared(floor.ed).promise
    factories.entry(floor.cy, floor.idle)
    assert carried_out(promise, floor.ed) == Refusal("import_stale")
    assert names() == {"Ana", "Bo", "Cy", "Di", "Ed"}


def test_who_comes_meanwhile_is_asked_about_first(floor):
    promise = compared(floor.ed).promise
    factories.student("Flo", email="flo@example.org")
    assert carried_out(promise, floor.ed) == Refusal("import_stale")
    assert len(names()) == 6


def before_any_is_removed(monkeypatch, happens):
    """Between what a list adds and what it removes others get the lock."""
    carry_out = many_at_once.carry_out

    def later(*given):
        happens()
        return carry_out(*given)

    monkeypatch.setattr(many_at_once, "carry_out", later)


def test_a_company_at_which_somebody_is_called_just_then_stays(floor, monkeypatch):
    before_any_is_removed(monkeypatch, lambda: factories.entry(floor.ed, floor.idle))
    promise = comparing.compare_companies([], [], NOBODY).promise
    done = importing.import_companies(ADMIN, [], promise, [], NOBODY)
    assert (done.removed, stands()) == (0, {"Acme", "Globex", "Idle"})


def test_a_student_who_is_called_just_then_stays(floor, monkeypatch):
    before_any_is_removed(monkeypatch, lambda: factories.entry(floor.cy, floor.idle))
    done = carried_out(compared(floor.ed).promise, floor.ed)
    assert (done.removed, names()) == (1, {"Ana", "Bo", "Cy", "Ed"})


def test_where_it_dies_while_removing_what_it_added_can_be_taken_back(floor, monkeypatch):
    def dies():
        raise RuntimeError

    card, nothing = NewCompany("New"), [{}]
    promise = comparing.compare_companies([card], nothing, NOBODY).promise
    with monkeypatch.context() as patched:
        before_any_is_removed(patched, dies)
        with pytest.raises(RuntimeError):
            importing.import_companies(ADMIN, [card], promise, nothing, NOBODY)
    assert stands() == {"Acme", "Globex", "Idle", "New"}
    last = undoing.last("companies")
    assert (last.done.added, last.done.removed) == (1, 1)
    promise = comparing.compare_companies([card], nothing, NOBODY).promise
    assert importing.import_companies(ADMIN, [card], promise, nothing, NOBODY).removed == 1
    assert stands() == {"Acme", "Globex", "New"}


def test_places_that_come_and_go_ask_nothing_again(floor):
    promise = comparing.compare_companies([], [], NOBODY).promise
    factories.entry(floor.ed, floor.acme)
    done = importing.import_companies(ADMIN, [], promise, [], NOBODY)
    assert not isinstance(done, Refusal)


def test_the_team_is_in_no_list_and_stays(floor):
    boss = factories.admin("boss@example.org")
    carried_out(compared(floor.ed).promise, floor.ed)
    assert sign_ins.open_for(boss.user_id, "still there")
