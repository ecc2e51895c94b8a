"""A random test is played again by the seed that its failure showed."""

import pytest

from tests.support import chance
from tests.support.chance import VARIABLE


@pytest.fixture(autouse=True)
def nothing_asked_for(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def test_the_seed_that_is_shown_plays_the_same_again(monkeypatch, capsys):
    first = chance.seeded().random()
    shown = capsys.readouterr().out.strip()
    monkeypatch.setenv(*shown.split("="))
    assert chance.seeded().random() == first


def test_without_a_usual_seed_each_time_is_another():
    assert chance.seeded().random() != chance.seeded().random()


def test_the_seed_asked_for_goes_before_the_usual_one(monkeypatch):
    monkeypatch.setenv(VARIABLE, "7")
    assert chance.seeded(1).random() == chance.seeded(7).random()


def test_hypothesis_draws_by_it_too(pytestconfig, monkeypatch):
    from tests.conftest import pytest_configure

    monkeypatch.setattr(pytestconfig.option, "hypothesis_seed", None)
    pytest_configure(pytestconfig)
    assert pytestconfig.getoption("--hypothesis-seed") is None
    monkeypatch.setenv(VARIABLE, "7")
    pytest_configure(pytestconfig)
    assert pytestconfig.getoption("--hypothesis-seed") == 7
