"""Whom a row of the journal concerns."""

from __future__ import annotations

from jobfair.domain.events import Audience
from jobfair.feed.journal import JournalRecord

ANEW = ("fair_restored", "fair_purged")
"""Rows after which nothing is as it was, for anybody."""

OF_A_CALL = ("said_coming", "hold_ended", "call_seen")
"""Rows that the stand's screen and the student's own may show, and nobody else's in the queue."""

SCREEN = ("screen_link_made", "screen_link_withdrawn", "screen_names_changed")
"""Rows about the hall's screen, and the codes that students see because of it."""


def topics_of(row: JournalRecord) -> list[str]:
    """Whom a row concerns."""
    of_a_call = row.kind in OF_A_CALL
    topics = ["everything"]
    topics += [f"{'stand' if of_a_call else 'company'}:{each}" for each in row.companies]
    if row.student_id is not None:
        topics.append(f"student:{row.student_id}")
    if row.companies and not of_a_call:
        topics.append("companies")
    if row.kind in ("phase_changed", "call_length_changed", *SCREEN, *ANEW):
        topics.append("fair")
    if row.kind == "message_sent":
        to_all = row.data["audience"] == Audience.EVERYONE
        topics += ["fair"] if to_all else [f"student:{each}" for each in row.data["students"]]
    if row.kind == "sign_in_ended":
        topics.append(f"sign_in:{row.data['sign_in_id']}")
    return topics
