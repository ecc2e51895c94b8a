"""Issued passwords: those that somebody else has made for an account.

Somebody else knows such a password, and it is passed on by paper or voice. So it only opens the
page on which its owner chooses another one, and it expires.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.models import Role, User
from jobfair.services import mail

LIFETIME = timedelta(days=3)


def check(user_id: int) -> Refusal | None:
    """Returns `password_lapsed` where the user's password was issued too long ago.

    Only for somebody who has given that password: the answer tells that it is right.
    """
    issued = select(User.password_issued_at, User.role).where(User.id == user_id)
    with read_transaction() as connection:
        row = connection.execute(issued).first()
    if row is None or not has_lapsed(row.password_issued_at, clock.now()):
        return None
    # A forgotten password is a student's business; organisers get theirs from the command line.
    student = row.role is Role.STUDENT
    by_mail = student and mail.is_configured()
    return Refusal(RequestCode.PASSWORD_LAPSED, {"student": student, "by_mail": by_mail})


def has_lapsed(issued_at: datetime | None, at: datetime) -> bool:
    """Whether a password issued at that time has expired; None is the owner's own, which does
    not."""
    return issued_at is not None and at >= issued_at + LIFETIME
