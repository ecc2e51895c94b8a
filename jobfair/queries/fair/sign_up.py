"""The rule of who may sign up."""

from __future__ import annotations

from sqlalchemy import Connection, select

from jobfair.db.transactions import autocommit
from jobfair.domain.signing_up import SignUp, SignUpRule
from jobfair.models import Fair

SEPARATOR = ", "


def rule() -> SignUpRule:
    """The organisers' setting now."""
    with autocommit() as connection:
        return rule_of(connection)


def rule_of(connection: Connection) -> SignUpRule:
    """The same on the caller's connection."""
    row = connection.execute(select(Fair.sign_up, Fair.sign_up_word, Fair.sign_up_domains)).one()
    return SignUpRule(row.sign_up, row.sign_up_word, _domains(row.sign_up_domains))


def shown_word() -> str | None:
    """The word that posters carry; None while nobody is asked for it."""
    now = rule()
    return now.word if now.mode is SignUp.CODE else None


def _domains(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(SEPARATOR)) if text else ()
