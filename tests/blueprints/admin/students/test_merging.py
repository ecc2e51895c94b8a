"""Somebody who has registered twice: hinted, merged, and told apart by their address."""

import re

import pytest

from jobfair.queries.admin.students.doubles import by_address, may_be
from jobfair.queries.student import directory, places
from jobfair.services.access import sign_ins
from jobfair.services.queues import interviews
from jobfair.services.students import favourites
from jobfair.unit_of_work import actors
from tests.support import factories


@pytest.fixture
def twice(app):
    return [
        factories.student(first, last, email=email)
        for first, last, email in (
            ("Alice", "Lefèvre", "alice.lefevre@univ.example"),
            ("Lefevre", "Alice", "al@home.example"),
        )
    ]


@pytest.fixture
def address(twice):
    return f"/admin/students/{twice[0].student_id}/merge"


def test_who_may_be_the_same_is_hinted_on_both_pages(organiser, twice):
    factories.student("Bob", "Martin")
    for own, other in (twice, twice[::-1]):
        page = organiser.get(f"/admin/students/{own.student_id}").text
        assert "Perhaps the same person:" in page
        assert other.email in page
        assert hinted(own) == [other.student_id]


def hinted(person):
    return [each.student.id for each in may_be(places.dashboard(person.student_id).student)]


def test_the_likeliest_is_hinted_first_and_weak_hints_say_so(organiser, app):
    own, near_name, near_address, same, strongest = (
        factories.student(first, "Lefèvre", email=email).student_id
        for first, email in (
            ("Alice", "alice.lefevre@univ.example"),
            ("Alise", "b@home.example"),
            ("Nobody", "alicelefevre@home.example"),
            ("ALICE", "c@home.example"),
            ("alice", "alice.lefevre2@univ.example"),
        )
    )
    student = places.dashboard(own).student
    assert [each.student.id for each in may_be(student)] == [strongest, same, near_address]
    page = organiser.get(f"/admin/students/{own}").text
    assert page.count("(near address)") == 1
    assert "(near name)" in organiser.get(f"/admin/students/{near_name}").text


def test_each_account_shows_its_queues_and_last_sign_in(organiser, twice, address, techcorp):
    _kept, gone = twice
    factories.entry(gone, techcorp)
    sign_ins.open_for(gone.user_id, "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1")
    question = organiser.get(address, email=gone.email).text
    assert "<bdi>TechCorp</bdi> (position 1)" in question
    assert re.search(r"Last signed in \S+ at .*Safari", question)
    assert "Never signed in" in question


def test_merging_moves_places_stars_and_notes_and_removes_the_other(
    organiser, twice, address, techcorp
):
    kept, gone = twice
    bob, other = factories.student("Bob"), factories.company("Other")
    for person in (gone, bob):
        factories.entry(person, techcorp)
    for company_id in (techcorp, other):
        favourites.star(gone.actor, company_id)
    favourites.star(kept.actor, other)
    question = organiser.get(address, email=gone.email).text
    assert "Merge these two accounts?" in question
    assert kept.email in question
    answer = organiser.post(address, email=gone.email, keep=str(kept.student_id))
    assert answer.location == f"/admin/students/{kept.student_id}"
    assert f"{kept.email} stays, {gone.email} is removed" in organiser.follow(answer).text
    [place] = places.dashboard(kept.student_id).places
    assert (place.company.id, place.ahead, place.can_start) == (techcorp, 0, True)
    starred = {each.company.id for each in directory.favourites(kept.student_id)}
    assert starred == {techcorp, other}
    assert by_address(gone.email) is None
    assert organiser.get(f"/admin/students/{gone.student_id}").status_code == 404
    assert organiser.post(address, email=gone.email, keep=str(kept.student_id)).status_code == 400


def test_an_account_with_interviews_is_proposed_and_is_not_removed(
    organiser, twice, address, techcorp
):
    kept, met = twice
    interviews.complete(actors.company(techcorp), factories.interview(met, techcorp))
    question = organiser.get(address, email=met.email).text
    assert f"{met.email} <b>suggested</b>" in question
    assert " checked" not in question
    answer = organiser.post(address, email=met.email, keep=str(kept.student_id))
    assert answer.status_code == 400
    assert "that one has to stay" in answer.text
    organiser.post(address, email=met.email, keep=str(met.student_id))
    assert by_address(kept.email) is None
    assert places.dashboard(met.student_id).done


@pytest.mark.parametrize("typed", ["nobody@example.org", "alice.lefevre@univ.example", "rubbish"])
def test_an_address_that_is_no_other_students_is_said_so(organiser, address, typed):
    for answer in (organiser.get(address, email=typed), organiser.post(address, email=typed)):
        assert "No other student has this address." in answer.text
        assert f'value="{typed}"' in answer.text


def test_the_one_that_stays_has_to_be_one_of_the_two(organiser, twice, address):
    stranger = factories.student("Bob")
    answer = organiser.post(address, email=twice[1].email, keep=str(stranger.student_id))
    assert answer.status_code == 400
    assert "Choose the account that stays." in answer.text


def test_removal_asks_with_the_address(organiser, twice):
    for each in twice:
        assert each.email in organiser.get(f"/admin/students/{each.student_id}/delete").text
