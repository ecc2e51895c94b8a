"""The way back from a company leads to the list as one left it, without a script too.

With scripts, `kept-list.js` remembers the list for each tab, also what is typed without a new page.
"""

from __future__ import annotations

from flask import request, session

from jobfair.live.pages.student import COMPANIES

LEFT_AT = "companies"
LONGEST = 500
"""The most characters of a query in the cookie: nobody chooses more by hand."""


def keep() -> None:
    """Note what this request for the list has chosen."""
    chosen = request.query_string.decode("ascii", "ignore")
    if chosen and len(chosen) <= LONGEST:
        session[LEFT_AT] = chosen
    else:
        session.pop(LEFT_AT, None)


def address() -> str:
    """Where the way back to the list leads."""
    chosen = session.get(LEFT_AT)
    return f"{COMPANIES.address}?{chosen}" if chosen else COMPANIES.address
