"""How often a program may call with one key."""

import pytest

from tests.support import factories
from tests.support.programs import Program

EACH_MINUTE = 600
ME = "/api/auth/me/"


@pytest.fixture
def config():
    return {"RATELIMIT_ENABLED": True}


def test_a_program_that_runs_wild_is_held_up_and_no_other(client, admin):
    wild, quiet = (Program(client, key=factories.key(admin)) for _ in range(2))
    # A new minute may begin meanwhile.
    answers = (wild.get(ME) for _ in range(2 * EACH_MINUTE + 1))
    carried_out, held_up = 0, next(answers)
    while held_up.status_code == 200:
        carried_out, held_up = carried_out + 1, next(answers)
    assert carried_out >= EACH_MINUTE
    assert (held_up.status_code, held_up.json["code"]) == (429, "too_many")
    assert held_up.headers["Retry-After"]
    assert quiet.get(ME).status_code == 200
