"""Personal links: each lets one student in, once, to choose a password."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import bindparam, insert, select, update

from jobfair.domain.events import StudentInvited
from jobfair.domain.state import Hall
from jobfair.models import Invitation, Student
from jobfair.queries.invitations import digest
from jobfair.services.actors import Actor
from jobfair.services.transaction import Work, writing

LIFETIME = timedelta(days=30)


def invite(actor: Actor, student_ids: Iterable[int]) -> dict[int, str]:
    """Make a link for each of these students; the ones they had are over.

    Gives back the secret of each link by student id, this once: only its digest is kept. A
    student who is no more is left out.
    """
    with writing() as work:
        known = work.connection.execute(select(Student.id, Student.user_id)).all()
        wanted = set(student_ids)
        users = {student_id: user_id for student_id, user_id in known if student_id in wanted}
        if not users:
            return {}
        end(work, users.values())
        tokens = {student_id: secrets.token_urlsafe(24) for student_id in users}
        work.connection.execute(
            insert(Invitation),
            [
                {
                    "user_id": users[student_id],
                    "digest": digest(token),
                    "created_at": work.at,
                    "expires_at": work.at + LIFETIME,
                    "used_at": None,
                }
                for student_id, token in tokens.items()
            ],
        )
        invited = tuple(StudentInvited(student_id) for student_id in tokens)
        work.carry_out(actor, Hall(work.phase, work.number), invited)
    return tokens


def end(work: Work, user_ids: Iterable[int]) -> None:
    """End these users' unused links within a transaction of the caller's."""
    table = Invitation.__table__
    statement = (
        update(table)
        .where(
            table.c.user_id == bindparam("whose"),
            table.c.used_at.is_(None),
            table.c.expires_at > work.at,
        )
        .values(expires_at=work.at)
    )
    work.connection.execute(statement, [{"whose": user_id} for user_id in user_ids])
