"""What the hall's screen shows, for a screen of one's own."""

import pytest

from jobfair.services.fair import hall_screen
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields


@pytest.fixture
def screen(app):
    return f"/api/hall_screens/{hall_screen.make_link(actors.SYSTEM)}/"


@pytest.fixture
def anyone(client):
    return Program(client)


def test_who_is_called_stands_first(anyone, screen, alice):
    factories.company("Acme", hall="Nord")
    calling = factories.company("TechCorp", stand="B12", hall="Sud")
    factories.entry(alice, calling)
    shown = anyone.get(screen).json
    assert shown["phase"] == "open"
    assert [each["name"] for each in shown["companies"]] == ["TechCorp", "Acme"]
    first = shown["companies"][0]
    assert (first["stand"], first["called"], first["waiting"]) == ("B12", ["Alice\u00a0M."], 1)
    one = anyone.get(screen, query_string={"hall": "Nord"}).json
    assert [each["name"] for each in one["companies"]] == ["Acme"]
    assert wrong_fields(anyone.get(screen, query_string={"hal": "Nord"})) == {"hal"}


def test_a_link_that_was_replaced_opens_nothing(anyone, screen, alice, techcorp):
    factories.entry(alice, techcorp)
    hall_screen.make_link(actors.SYSTEM)
    answer = anyone.get(screen)
    assert refused(answer) == (404, "not_found")
    assert "Alice" not in answer.text
