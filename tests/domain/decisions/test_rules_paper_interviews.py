"""Interviews that were noted on paper while a stand's screen had failed (rule 11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobfair.domain.decisions import paper_interviews
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.events import Joined, PaperInterviewEntered
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import EntryState, StudentStatus
from tests.domain.a_hall import Fair, now

WEEK = 7 * 24 * 60


@pytest.fixture
def fair() -> Fair:
    """At Acme Alice is called, and Bob waits."""
    fair = Fair("Alice", "Bob", "Chloé", Acme=1, Globex=1)
    fair.queue("Acme", "Alice", "Bob")
    return fair


def test_who_waited_there_is_done_at_the_times_of_the_paper_and_the_next_is_called(
    fair: Fair,
) -> None:
    at = now(fair.hall)
    fair.enters("Acme", "Alice", began=30, ended=20)
    entry = fair.entry("Alice", "Acme")
    assert entry.state is EntryState.DONE
    assert entry.started_at == at - timedelta(minutes=30)
    assert entry.completed_at == at - timedelta(minutes=20)
    assert entry.ended == fair.last[0].number
    assert fair.told == ["Alice no longer called by Acme: done", "Bob called by Acme"]


def test_who_was_in_no_queue_gets_an_entry_that_is_done(fair: Fair) -> None:
    fair.enters("Acme", "Chloé")
    assert [type(each.event) for each in fair.last] == [Joined, PaperInterviewEntered]
    assert fair.entry("Chloé", "Acme").id == fair.last[0].number
    assert fair.entry("Chloé", "Acme").state is EntryState.DONE
    assert fair.line("Acme") == ["Alice", "Bob"]
    assert fair.told == []
    with fair.refuses("already_done"):
        fair.joins("Chloé", "Acme")


def test_where_a_student_is_by_now_stays_as_it_is(fair: Fair) -> None:
    """Also in an interview at the same time, elsewhere: two stands' watches differ."""
    fair.queue("Globex", "Alice")
    fair.starts("Alice", "Globex")
    fair.enters("Acme", "Alice", began=5, ended=0)
    alice = fair.student("Alice")
    assert (alice.status, alice.company_id) == (
        StudentStatus.IN_INTERVIEW,
        fair.companies["Globex"],
    )
    fair.completes("Alice", "Globex")
    fair.enters("Globex", "Bob", began=10, ended=5)
    fair.enters("Acme", "Bob", began=15, ended=5)


def test_an_interview_ends_after_it_began_and_is_over(fair: Fair) -> None:
    for began, ended in ((20, 30), (20, 20)):
        with fair.refuses("end_before_start"):
            fair.enters("Acme", "Alice", began=began, ended=ended)
    with fair.refuses("not_yet_over"):
        fair.enters("Acme", "Alice", began=5, ended=-1)
    fair.enters("Acme", "Alice", began=5, ended=0)


def test_what_is_more_than_a_week_ago_was_typed_wrongly(fair: Fair) -> None:
    with fair.refuses("too_long_ago"):
        fair.enters("Acme", "Alice", began=WEEK + 1)
    fair.enters("Acme", "Alice", began=WEEK)


def test_nobody_has_two_interviews_at_one_company(fair: Fair) -> None:
    fair.starts("Alice", "Acme")
    with fair.refuses("still_running"):
        fair.enters("Acme", "Alice")
    fair.completes("Alice", "Acme")
    with fair.refuses("already_done"):
        fair.enters("Acme", "Alice")
    with fair.refuses("already_done"):
        fair.enters("Acme", "Bob", "Bob")


def test_several_are_entered_at_once_and_nobody_is_called_in_between(fair: Fair) -> None:
    """Else Bob's phone would ring for an interview that he has had."""
    fair.new_student("David")
    fair.enters("Acme", "Alice", "Chloé", "Bob", "David")
    assert fair.line("Acme") == []
    assert fair.told == ["Alice no longer called by Acme: done"]
    assert fair.position("David", "Acme") == fair.position("Chloé", "Acme") + 1


def test_one_that_is_refused_leaves_all_of_them_out_and_each_is_told_why(fair: Fair) -> None:
    fair.completes_for("Bob", "Acme")
    at = now(fair.hall)
    hour = timedelta(hours=1)
    noted = [
        PaperInterview(fair.students["Alice"], at - hour, at),
        PaperInterview(fair.students["Bob"], at - hour, at),
        PaperInterview(fair.students["Chloé"], at, at - hour),
    ]
    verdict = paper_interviews.enter(fair.hall, fair.companies["Acme"], noted, at)
    assert verdict == {1: Refusal("already_done"), 2: Refusal("end_before_start")}


def test_the_end_of_one_from_paper_is_undone_like_any_other(fair: Fair) -> None:
    fair.enters("Acme", "Alice", began=10, ended=0)
    fair.undoes("Alice", "Acme", seconds=60)
    assert fair.inside("Acme") == ["Alice"]
    fair.completes("Alice", "Acme")
    fair.removes("Alice", "Acme")
    fair.enters("Acme", "Alice")
