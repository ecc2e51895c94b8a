"""Whom a row of the journal concerns."""

from __future__ import annotations

from jobfair.domain.events import Audience
from jobfair.queries.journal import Happening

ANEW = ("fair_restored", "fair_purged")
"""Rows after which nothing is as it was, for anybody."""


def topics_of(row: Happening) -> list[str]:
    """Whom a row concerns."""
    topics = ["everything", *(f"company:{each}" for each in row.companies)]
    if row.student_id is not None:
        topics.append(f"student:{row.student_id}")
    if row.companies:
        topics.append("companies")
    if row.kind in ("phase_changed", *ANEW):
        topics.append("fair")
    if row.kind == "message_sent":
        to_all = row.data["audience"] == Audience.EVERYONE
        topics += ["fair"] if to_all else [f"student:{each}" for each in row.data["students"]]
    if row.kind == "sign_in_ended":
        topics.append(f"sign_in:{row.data['sign_in_id']}")
    return topics
