"""A clock that a test moves."""

import re
from datetime import UTC, datetime, timedelta


class MovableClock:
    """Runs with the real one, `ahead` of it by as much as the test has let pass."""

    def __init__(self):
        self.ahead = timedelta()

    def now(self):
        return datetime.now(UTC) + self.ahead

    def pass_(self, **how_long):
        self.ahead += timedelta(**how_long)


def timeless(page):
    """A page without the moment it was sent at, in which two equal ones still differ."""
    return re.sub(r'<meta name="server-time" content="[^"]+">', "", page)
