"""One's own second factor through JSON, from its secret to switching it off."""

from datetime import timedelta

import pytest

from jobfair import clock
from tests.support import factories
from tests.support.codes import App
from tests.support.factories import PASSWORD
from tests.support.programs import Program, refused

FACTOR = "/api/admin/account/second_factor/"


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


def set_up(organiser):
    made = organiser.post(f"{FACTOR}secret/").json
    app = App(made["key"].replace(" ", ""), [])
    return app, organiser.post(FACTOR, {"secret": made["secret"], "code": app.code()})


def test_a_second_factor_is_set_up_by_its_first_code(organiser):
    assert organiser.get(FACTOR).json == {"on": False, "since": None, "codes_left": 0}
    app, answer = set_up(organiser)
    assert answer.status_code == 201
    assert len(set(answer.json["codes"])) == 10
    assert organiser.get(FACTOR).json["codes_left"] == 10
    sent = {"secret": "made up", "code": app.code()}
    assert refused(organiser.post(FACTOR, sent)) == (401, "wrong_second_factor")


def test_other_recovery_codes_end_those_before(organiser):
    assert organiser.post(f"{FACTOR}codes/").json == {"codes": []}
    _app, answer = set_up(organiser)
    others = organiser.post(f"{FACTOR}codes/").json["codes"]
    assert not {*others} & {*answer.json["codes"]}


def test_it_is_switched_off_by_password_and_code(organiser):
    app, answer = set_up(organiser)
    recovery = answer.json["codes"][0]

    def off(password, code):
        return organiser.delete(FACTOR, json={"current_password": password, "code": code})

    assert refused(off("another", recovery))[0] == 400
    assert refused(off(PASSWORD, app.wrong())) == (401, "wrong_second_factor")
    assert organiser.get(FACTOR).json["on"] is True
    assert off(PASSWORD, recovery).status_code == 204
    assert organiser.get(FACTOR).json["on"] is False


def test_it_asks_for_the_password_again(organiser, monkeypatch):
    organiser.get(FACTOR)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    for path in ("secret/", "codes/"):
        assert refused(organiser.post(f"{FACTOR}{path}")) == (403, "password_needed")
    sent = {"secret": "made up", "code": "123456"}
    assert refused(organiser.post(FACTOR, sent)) == (403, "password_needed")


def test_somebody_who_has_to_set_one_up_can(app, organiser):
    app.config["SECOND_FACTOR"] = "required"
    assert refused(organiser.get("/api/admin/dashboard/")) == (403, "second_factor_to_set_up")
    _app, answer = set_up(organiser)
    assert answer.status_code == 201
    assert organiser.get("/api/admin/dashboard/").status_code == 200
