"""Closing an edition: its figures stay, its people go, and the next begins with some companies."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from jobfair.domain.events import EditionClosed
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import CompanyStatus, Phase
from jobfair.exceptions import RequestCode
from jobfair.models import Company, Edition
from jobfair.ops import purge
from jobfair.queries.admin.figures import past_editions
from jobfair.queries.admin.records import past_days
from jobfair.queries.fair.fair_identity import identity_of
from jobfair.services.companies.companies import renew_link
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction
from jobfair.wording.times import local_time

_AS_NEW = {
    "pin_hash": None,
    "status": CompanyStatus.RECRUITING,
    "queue_open": True,
    "paused_with_all": False,
    "has_left": False,
    "sign": None,
    "sign_text": None,
    "sign_until": None,
    "messages_read": 0,
}
"""What a company does not take along: all else of it stays, but for its link, which is new."""


def close(by: Actor, kept: Sequence[int]) -> int | Refusal:
    """Keep the fair's figures and its day, remove its people, and keep these of its companies.

    These get new links, as other people may work at the stand next time. Returns the
    edition's id, or `fair_not_closed`.
    """
    # Before the lock, which it would hold for seconds: the fair is closed, nobody waits for it.
    day = past_days.kept_now()
    with write_transaction(actors.SYSTEM) as work:
        if work.phase is not Phase.CLOSED:
            return Refusal(RequestCode.FAIR_NOT_CLOSED)
        # Under the lock: an interview that ends now is either in them, or still to come.
        edition_id = keep_figures(work, day)
        name = identity_of(work.connection).title
        _renew(work.connection)
        removal = purge.remove_past(work, by, Company.id.not_in(kept))
        work.record(by, EditionClosed(name, removal.students, removal.companies))
    return edition_id


def keep_figures(work: UnitOfWork, day: bytes) -> int:
    """Store what the fair was called, when it was, its report and its day (`past_days.kept_now`).

    Returns the edition's id.
    """
    identity = identity_of(work.connection)
    report = past_editions.report_now(local_time.zone())
    new = insert(Edition).values(
        name=identity.title,
        starts_on=identity.starts_on,
        ends_on=identity.ends_on,
        closed_at=work.at,
        report=past_editions.as_stored(report),
        day=day,
    )
    edition_id: int = work.connection.execute(new.returning(Edition.id)).scalar_one()
    return edition_id


def _renew(connection: Connection) -> None:
    for company_id in connection.execute(select(Company.id)).scalars().all():
        renew_link(connection, company_id)
    connection.execute(update(Company).values(**_AS_NEW))
