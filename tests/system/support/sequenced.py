"""The application without its lock, whose journal takes its numbers from a sequence.

Without the lock alone, two who write at once take the same number, and the journal's own key
stops one of them before any other constraint is asked.
"""

from sqlalchemy import text

from jobfair.unit_of_work import transaction
from tests.system.support import unlocked

_without_lock = transaction._locked


def _with_own_number(connection):
    work = _without_lock(connection)
    work.number = connection.execute(text("SELECT nextval('numbers')")).scalar_one()
    return work


transaction._locked = _with_own_number

app = unlocked.app
