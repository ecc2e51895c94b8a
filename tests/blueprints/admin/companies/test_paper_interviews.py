"""Interviews that a stand noted on paper, entered by an organiser (rule 11)."""

from datetime import datetime, timedelta
from itertools import chain, repeat
from zoneinfo import ZoneInfo

import pytest

from jobfair.blueprints.admin.companies import paper_interviews
from jobfair.queries.stand import stands
from tests.support import factories

PARIS = ZoneInfo("Europe/Paris")
YESTERDAY = datetime.now(PARIS).date() - timedelta(days=1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """All of the form's day is over: it is the one before."""
    monkeypatch.setattr(paper_interviews, "today", lambda: YESTERDAY)


@pytest.fixture
def address(techcorp):
    return f"/admin/companies/{techcorp}/paper"


@pytest.fixture
def zoe(app):
    return factories.student("Zoé", "Martin", email="zoe@example.org")


def rows(*given, day=""):
    """The form's five rows: (who, from, to), the others blank."""
    form = {"day": day}
    for number, row in zip(range(5), chain(given, repeat(("", "", ""))), strict=False):
        names = (f"student-{number}", f"started-{number}", f"ended-{number}")
        form |= dict(zip(names, row, strict=True))
    return form


def times(row):
    return row.started_at, row.completed_at


def done(company_id):
    return [
        (row.first_name, *(f"{each.astimezone(PARIS):%Y-%m-%d %H:%M}" for each in times(row)))
        for row in stands.stand(company_id).done
    ]


def test_several_are_entered_at_once_at_the_fairs_own_hours(organiser, techcorp, address, zoe):
    bob = factories.student("Bob", "Durand")
    factories.entry(bob, techcorp)
    form = rows(("zoe martin", "10:05", "10:15"), ("", "", ""), ("durand", "11:50", "12:00"))
    page = organiser.follow(organiser.post(address, **form))
    assert "2 interviews entered" in page.text
    assert done(techcorp) == [
        ("Bob", f"{YESTERDAY} 11:50", f"{YESTERDAY} 12:00"),
        ("Zoé", f"{YESTERDAY} 10:05", f"{YESTERDAY} 10:15"),
    ]
    assert stands.stand(techcorp).waiting == ()


def test_another_day_is_said(organiser, techcorp, address, zoe):
    before = YESTERDAY - timedelta(days=1)
    organiser.post(address, **rows(("zoe", "23:10", "23:20"), day=before))
    assert done(techcorp) == [("Zoé", f"{before} 23:10", f"{before} 23:20")]


def test_one_bad_row_leaves_all_out_and_everything_typed_stands_there(
    organiser, techcorp, address, zoe
):
    factories.student("Bob", "Durand")
    form = rows(("zoe martin", "10:05", "10:15"), ("durand", "10:20", "10:10"), day=YESTERDAY)
    answer = organiser.post(address, **form)
    assert answer.status_code == 400
    assert "Nothing has been entered yet" in answer.text
    assert done(techcorp) == []
    row = answer.text.partition("Interview 2</legend>")[2].partition("</fieldset>")[0]
    assert "The end has to be after the start" in row
    for typed in ("zoe martin", "10:05", "10:15", "durand", "10:20", "10:10", YESTERDAY):
        assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("nobody", "10:05", "10:15"), "No student is called so."),
        (("zoe", "", "10:15"), "Give a time such as 10:05."),
        (("zoe", "10:05", "25:99"), "Give a time such as 10:05."),
        (("", "10:05", "10:15"), "This is required."),
        (("zoe", "10:05", "10:05"), "The end has to be after the start"),
    ],
)
def test_what_is_wrong_is_said_beside_it(organiser, techcorp, address, zoe, row, words):
    answer = organiser.post(address, **rows(row))
    assert answer.status_code == 400
    assert words in answer.text
    assert done(techcorp) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("yesterday", "Give a day such as"),
        ("0001-01-01", "Give a day such as"),
        ("9999-12-31", "Give a day such as"),
        (YESTERDAY - timedelta(days=9), "more than a week ago"),
        (YESTERDAY + timedelta(days=3), "This is yet to come"),
    ],
)
def test_a_day_that_cannot_be_is_said(organiser, techcorp, address, zoe, day, words):
    answer = organiser.post(address, **rows(("zoe", "10:05", "10:15"), day=day))
    assert answer.status_code == 400
    assert words in answer.text
    assert done(techcorp) == []


def test_a_blank_form_says_so(organiser, address):
    answer = organiser.post(address, **rows())
    assert answer.status_code == 400
    assert "This is required." in answer.text


def test_of_several_who_are_called_so_one_is_chosen(organiser, techcorp, address, zoe):
    other = factories.student("Zoé", "Martinez", email="other@example.org")
    form = rows(("zoe martin", "10:05", "10:15"))
    answer = organiser.post(address, **form)
    assert "Several students are called so: choose one." in answer.text
    assert f'<option value="{other.student_id}">' in answer.text
    organiser.post(address, **form, **{"chosen-0": other.student_id})
    assert [row.student_id for row in stands.stand(techcorp).done] == [other.student_id]
    # A choice counts among those whom the search finds, and an address is nobody else's.
    organiser.post(
        address, **rows(("zoe@example.org", "10:05", "10:15")), **{"chosen-0": other.student_id}
    )
    assert stands.stand(techcorp).done_count == 2


def test_nobody_is_entered_twice_and_who_entered_it_is_in_the_log(
    organiser, techcorp, address, zoe
):
    form = rows(("zoe", "10:05", "10:15"))
    organiser.post(address, **form)
    again = organiser.post(address, **form)
    assert "This student has already had this interview" in again.text
    log = organiser.get("/admin/audit").text
    assert "from 10:05 to 10:15, was entered from paper" in log
    assert "admin@example.org" in log
