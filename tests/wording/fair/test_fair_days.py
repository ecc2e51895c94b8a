"""When a fair is, in words."""

from datetime import date

import pytest
from flask_babel import force_locale

from jobfair.wording.fair.fair_days import fair_days


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "french", "english"),
    [
        (None, None, "", ""),
        (date(2027, 3, 12), date(2027, 3, 12), "12 mars 2027", "12 March 2027"),
        (date(2027, 3, 12), date(2027, 3, 13), "du 12 au 13 mars 2027", "12 to 13 March 2027"),
        (
            date(2026, 11, 30),
            date(2026, 12, 1),
            "du 30 novembre au 1er décembre 2026",
            "30 November to 1 December 2026",
        ),
        (
            date(2026, 12, 31),
            date(2027, 1, 1),
            "du 31 décembre 2026 au 1er janvier 2027",
            "31 December 2026 to 1 January 2027",
        ),
        (date(2027, 3, 1), None, "À partir du 1er mars 2027", "From 1 March 2027"),
        (None, date(2027, 3, 11), "Jusqu'au 11 mars 2027", "Until 11 March 2027"),
    ],
)
def test_no_month_or_year_is_said_twice(app, starts_on, ends_on, french, english):
    for locale, words in (("fr", french), ("en", english)):
        with app.test_request_context(), force_locale(locale):
            assert fair_days(starts_on, ends_on) == words
