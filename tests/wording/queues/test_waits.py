"""A wait in words, and what somebody who joins is told of it."""

import pytest
from flask_babel import force_locale

from jobfair.wording.queues import waits


@pytest.fixture
def in_french(app):
    with app.test_request_context(), force_locale("fr"):
        yield


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        ((0, 5), "moins de 5\u00a0min"),
        ((5, 25), "environ 5 à 25\u00a0min"),
        ((45, 75), "environ 45\u00a0min à 1\u00a0h\u00a015"),
        ((60, 120), "environ 1\u00a0h à 2\u00a0h"),
    ],
)
def test_a_range_in_words(in_french, wait, words):
    assert waits.about(wait) == words


@pytest.mark.parametrize(
    ("can_start", "ahead", "wait", "words"),
    [
        (True, 0, None, "Allez-y maintenant."),
        (False, 1, None, "Restez à proximité."),
        (False, 9, (5, 25), "Restez à proximité."),
        (False, 9, (15, 45), "Vous avez le temps de passer à un autre stand avant."),
        (False, 9, None, ""),
    ],
)
def test_what_to_do_until_ones_turn(in_french, can_start, ahead, wait, words):
    assert waits.advice(can_start, ahead, wait) == words


@pytest.mark.parametrize(
    ("can_start", "ahead", "wait", "words"),
    [
        (False, 7, (5, 25), "7 personnes avant vous, environ 5 à 25\u00a0min"),
        (False, 1, None, "1 personne avant vous"),
        (False, 0, (0, 5), "Vous êtes le prochain, moins de 5\u00a0min"),
        (True, 0, None, "C'est votre tour"),
    ],
)
def test_joining_says_it_all(in_french, can_start, ahead, wait, words):
    said = waits.joined("TechCorp", 23, waits.standing(can_start, ahead, wait))
    assert said == f"Inscrit chez TechCorp. {words}. Position 23, par ordre d'arrivée."
