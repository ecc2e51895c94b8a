"""The topics to which a row of the journal is delivered."""

from __future__ import annotations

from jobfair import catalogue
from jobfair.catalogue.records import JournalRecord


def topics_of(row: JournalRecord) -> list[str]:
    """The topics of a row, as `Subscription` lists them."""
    kind = catalogue.of(row.kind)
    topics = ["everything", *kind.topics(row)]
    if kind.is_hidden_from_queue:
        topics += [f"stand:{each}" for each in row.companies]
    elif row.companies and not kind.is_private:
        topics += ["companies", *(f"company:{each}" for each in row.companies)]
    if row.student_id is not None:
        topics.append(f"student:{row.student_id}")
    return topics
