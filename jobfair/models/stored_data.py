"""What a column says about a person: each table declares it in `holds`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Data(StrEnum):
    """What a column says about a person. `wording.stored_data` has the sentence of each.

    Each model declares it for all of its columns, in `holds`. From that the page about privacy and
    a student's copy of their data are made.
    """

    IDENTITY = "identity"
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    ACCOUNT = "account"
    INTRODUCTION = "introduction"
    PLACES = "places"
    FAVOURITES = "favourites"
    HISTORY = "history"
    SIGN_INS = "sign_ins"
    LINKS = "links"
    PROOFS = "proofs"
    NOTES = "notes"
    OWN_NOTES = "own_notes"
    PUSHES = "pushes"
    PUSH_KEYS = "push_keys"
    REQUESTS = "requests"
    ANSWERS = "answers"
    SECURITY_LOG = "security_log"
    FACTORS = "factors"
    SCHOOL = "school"
    KEYS = "keys"
    CONTACT = "contact"
    NOTHING = "nothing"
    """Of the fair or a company, or a number that only leads from one row to another."""


Held = Mapping[Data, str]
"""Names of columns by what they hold, with spaces between."""
