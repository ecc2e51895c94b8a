"""Every refusal is declared, and every sentence can be made: in each language, to each reader."""

import ast
import inspect
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from flask_babel import force_locale

from jobfair import metrics
from jobfair.domain.events import Event, kind
from jobfair.domain.reasons import TurnEndedBecause
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import EntryState, Phase, Presence, StudentStatus
from jobfair.exceptions import RequestCode
from jobfair.wording.language import LANGUAGES
from jobfair.wording.refusals import REFUSALS, Voice, sentence

JOBFAIR = Path(__file__).parents[2] / "jobfair"
CODES = [*Code, *RequestCode]

EXAMPLES = {
    "left": [0, 1, 4],
    "domains": ("univ.fr",),
    "ahead": [0, 1, 7],
    "status": [each for each in Presence if each is not Presence.AVAILABLE],
    "phase": [Phase.PREPARING, Phase.CLOSED],
    "state": [EntryState.RUNNING, EntryState.DONE],
    "reason": ["At most 80 characters."],
    "body": ["unreadable", "no object"],
    "ended": [True],
    "student": [True, False],
    "by_mail": [True, False],
}
"""Values of each parameter that a sentence may have."""


def refusals(code):
    """A refusal for each choice of example values; what has a default is also left out."""
    words, choices = REFUSALS[code].sentence, []
    for parameter in inspect.signature(words).parameters.values() if callable(words) else ():
        given = [{parameter.name: value} for value in EXAMPLES[parameter.name]]
        choices.append(given if parameter.default is parameter.empty else [{}, *given])
    for chosen in product(*choices):
        yield Refusal(code, {name: value for each in chosen for name, value in each.items()})


def test_every_code_is_declared_and_nothing_else():
    assert set(REFUSALS) == set(CODES)
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_made_with_what_it_needs(app, code, voice, language):
    with app.test_request_context(), force_locale(language):
        for refusal in refusals(code):
            assert sentence(refusal, voice)


def test_a_value_that_a_sentence_needs_is_not_forgotten(app):
    with app.test_request_context(), pytest.raises(TypeError, match="ahead"):
        sentence(Refusal(Code.NOT_YOUR_TURN))


def test_who_acts_for_somebody_else_is_not_addressed(app):
    theirs = [code for code, declared in REFUSALS.items() if declared.about_another]
    assert theirs
    with app.test_request_context(), force_locale("en"):
        for refusal in (each for code in theirs for each in refusals(code)):
            said = sentence(refusal, Voice.ABOUT_ANOTHER)
            assert said != sentence(refusal)
            assert "you" not in said.lower().split()


def test_making_a_sentence_counts_nothing(app):
    def counted():
        return {each.name: each.value for each in metrics.refusals.collect()[0].samples}

    before = counted()
    with app.test_request_context():
        for refusal in (each for code in CODES for each in refusals(code)):
            sentence(refusal)
    assert counted() == before


def modules():
    for path in sorted(JOBFAIR.rglob("*.py")):
        yield path, ast.parse(path.read_text())


def test_no_code_is_written_as_text():
    """But for words that are also an event's, a state's, or why a turn ended."""
    others = {*map(kind, get_args(Event)), *StudentStatus, *TurnEndedBecause}
    codes = set(map(str, CODES)) - set(map(str, others))
    written = [
        (path.name, node.lineno, node.value)
        for path, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and node.value in codes
    ]
    assert written == []


def test_every_code_is_used():
    named = {
        (node.value.id, node.attr)
        for path, module in modules()
        if path != JOBFAIR / "wording/refusals.py"
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert [code for code in CODES if (type(code).__name__, code.name) not in named] == []


def test_refusals_are_counted_in_one_place():
    counting = [
        path.relative_to(JOBFAIR).as_posix()
        for path, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "metrics.refused"
    ]
    assert counting == ["web/refusals.py"]
