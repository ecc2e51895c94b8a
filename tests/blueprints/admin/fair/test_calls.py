"""How long a call lasts, as an organiser sets it."""

import pytest
from sqlalchemy import select

from jobfair.extensions import db
from jobfair.models import Fair


def minutes():
    with db.engine.connect() as connection:
        return connection.execute(select(Fair.call_minutes)).scalar_one()


def test_five_minutes_are_the_default(organiser):
    assert minutes() == 5
    assert "Calls of 5\u00a0min" in organiser.get("/admin/").text
    assert 'value="5"' in organiser.get("/admin/calls").text


def test_an_organiser_sets_another_length(organiser):
    page = organiser.follow(organiser.post("/admin/calls", call_minutes="8"))
    assert minutes() == 8
    assert "A call lasts 8\u00a0min" in page.text
    assert "Calls of 8\u00a0min" in page.text


def test_blank_means_without_an_end(organiser):
    page = organiser.follow(organiser.post("/admin/calls", call_minutes=" "))
    assert minutes() is None
    assert "Calls without an end" in page.text
    assert 'value=""' in organiser.get("/admin/calls").text


@pytest.mark.parametrize("wrong", ["0", "61", "five", "2.5", "-1", "9" * 400])
def test_what_is_no_length_is_said_and_keeps_what_was_typed(organiser, wrong):
    answer = organiser.post("/admin/calls", call_minutes=wrong)
    assert answer.status_code == 400
    assert "field-error" in answer.text
    assert f'value="{wrong}"' in answer.text
    assert minutes() == 5


def test_the_change_is_in_the_log(organiser):
    organiser.post("/admin/calls", call_minutes="8")
    log = organiser.get("/admin/audit").text
    assert "The length of a call was changed" in log
    assert "admin@example.org" in log
