"""Why somebody was not called: every reason has a sentence, of oneself and of another."""

from datetime import UTC, datetime
from itertools import product

import pytest
from flask_babel import force_locale

from jobfair.domain.looking_back import Span, Standing, Stood
from jobfair.domain.reasons import AsideBecause
from jobfair.wording.language import LANGUAGES
from jobfair.wording.refusals import Voice
from jobfair.wording.standings import Moment, sentence

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SPANS = [Span(), Span(AT), Span(None, AT), Span(AT, AT), Span(AT, AT, AsideBecause.ABSENT)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("because", Stood)
def test_every_reason_is_a_sentence(app, language, because):
    with app.test_request_context(), force_locale(language):
        for span, figures, voice in product(SPANS, (0, 1, 2), Voice):
            stood = Standing(because, ahead=figures, called=max(1, figures), coming=1, slots=2)
            said = sentence(Moment(AT, stood, span, "Acme"), voice)
            assert said[0].isupper()
            assert said.endswith(".")
            assert "%" not in said
            assert "  " not in said


def test_another_day_is_said(app):
    day_before = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    found = Moment(AT, Standing(Stood.FAIR_CLOSED), Span(day_before))
    with app.test_request_context(), force_locale("fr"):
        assert sentence(found, Voice.SELF) == (
            "Le salon était fermé depuis 22 nov. 17:00 : personne n'était appelé."
        )
