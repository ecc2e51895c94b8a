"""A clock that a test moves."""

from datetime import UTC, datetime, timedelta


class MovableClock:
    """Runs with the real one, `ahead` of it by as much as the test has let pass."""

    def __init__(self):
        self.ahead = timedelta()

    def now(self):
        return datetime.now(UTC) + self.ahead

    def pass_(self, **how_long):
        self.ahead += timedelta(**how_long)
