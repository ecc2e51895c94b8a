"""The application without the turns that one student's requests take (`account_turns.py`).

They would keep some of the races from being run, within one process. The lock alone has to do.
"""

from jobfair import create_app
from jobfair.web.security.limits import account_turns


def _take_none():
    pass


assert hasattr(account_turns, "_take")
account_turns._take = _take_none

app = create_app()
