"""The page of programs: keys made, shown once, withdrawn."""

import re

import pytest
from sqlalchemy import update

from jobfair import clock
from jobfair.extensions import db
from jobfair.models import Scope, SignIn
from jobfair.queries.admin import keys as known
from jobfair.services.access import keys
from tests.support import factories
from tests.support.programs import Program

PAGE = "/admin/programs"


def test_a_key_is_made_and_shown_once(organiser, client):
    shown = organiser.post(PAGE, name="badge printer", scopes=["read", "exports"])
    secret = re.search(r"jf_[0-9A-Za-z]{38}", shown.text)[0]
    assert known.living()[0].scopes == (Scope.READ, Scope.EXPORTS)
    page = organiser.get(PAGE).text
    assert "badge printer" in page
    assert "a new password of yours does not end it" in page
    assert "jf_" not in page
    holder = keys.holder(secret)
    assert holder.email == "admin@example.org"


@pytest.mark.parametrize("form", [{"name": "x"}, {"name": "", "scopes": "read"}, {"scopes": "all"}])
def test_what_is_wrong_is_said_and_nothing_is_made(organiser, form):
    answer = organiser.post(PAGE, **form)
    assert answer.status_code == 400
    assert "field-error" in answer.text
    assert known.living() == []


def test_a_key_is_withdrawn_after_a_question(organiser, client, admin):
    key = factories.key(admin)
    address = f"{PAGE}/keys/{key.id}/withdraw"
    assert "badge printer" in organiser.get(address).text
    page = organiser.follow(organiser.post(address))
    assert "opens nothing any more" in page.text
    assert Program(client, key=key).get("/api/auth/me/").status_code == 401
    assert organiser.post(address).status_code == 404


def test_making_one_asks_for_the_password_again(organiser, time):
    long_ago = clock.now()
    time.pass_(minutes=11)
    with db.engine.begin() as connection:
        connection.execute(update(SignIn).values(password_confirmed_at=long_ago))
    answer = organiser.post(PAGE, name="x", scopes="read")
    assert answer.status_code == 403
    assert known.living() == []
    answer = organiser.post(PAGE, name="x", scopes="read", again_password=factories.PASSWORD)
    assert answer.status_code == 200
    assert len(known.living()) == 1
