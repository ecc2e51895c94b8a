"""Mailing the stands' links: queued by an organiser at once, sent one by one in the background.

A mail that may have left is never sent again by itself: to phone one company is better than to send
the same mail to three hundred twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from jobfair import clock
from jobfair.db.transactions import autocommit
from jobfair.domain.events import LinkMailsStopped, LinksMailed
from jobfair.fields.companies.link_mails import Place, filled
from jobfair.models import Company, LinkMail, LinkMailing, LinkMailState
from jobfair.queries.fair import fair_identity
from jobfair.services import mail
from jobfair.unit_of_work.actors import SYSTEM, Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction
from jobfair.wording.fair.fair_days import fair_days

RETRY = timedelta(seconds=30)
"""How long a mail server that cannot be reached is left alone."""

LOST = timedelta(minutes=2)
"""After this time the sending worker must have died; a mail server gets 20 seconds."""

INTERRUPTED = "interrupted"
"""The problem noted for a mail of which nobody knows whether it has left."""


@dataclass(frozen=True, slots=True)
class Queued:
    """How many mails will be sent; `left` names the companies that have another on its way."""

    mails: int
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """A company as its mail knows it."""

    name: str
    stand: str | None
    hall: str | None
    token: str


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A mail that this worker sends, and no other."""

    company_id: int
    mailing: int
    address: str
    subject: str
    text: str
    owner: LinkOwner


def queue(
    actor: Actor, company_ids: Collection[int], asked_at: int, subject: str, text: str
) -> Queued:
    """Let a mail be sent to the contact of each of these companies that has one.

    `asked_at` is the journal's number when the organiser was asked: a company to which somebody
    else has had a mail sent since then gets no second one.
    """
    with write_transaction(actor) as work:
        known = work.connection.execute(
            select(
                Company.id,
                Company.name,
                Company.contact,
                LinkMail.sent_at,
                or_(LinkMail.mailing > asked_at, _UNDER_WAY).label("has_other"),
            )
            .outerjoin(LinkMail, LinkMail.company_id == Company.id)
            .where(Company.id.in_(company_ids), Company.contact.is_not(None))
            .order_by(Company.name_key)
        ).all()
        chosen = [each for each in known if not each.has_other]
        if chosen:
            _store(work, actor, chosen, subject, text)
    return Queued(len(chosen), tuple(each.name for each in known if each.has_other))


def _store(work: UnitOfWork, actor: Actor, chosen: list[Any], subject: str, text: str) -> None:
    work.record(actor, LinksMailed(len(chosen)))
    mailing = {"number": work.number, "subject": subject, "text": text}
    work.connection.execute(insert(LinkMailing).values(mailing))
    forget(work.connection, [each.id for each in chosen])
    work.connection.execute(
        insert(LinkMail),
        [
            {
                "company_id": each.id,
                "mailing": work.number,
                "address": each.contact,
                "state": LinkMailState.WAITING,
                "at": work.at,
                "problem": None,
                "sent_at": each.sent_at,
            }
            for each in chosen
        ],
    )


def forget(connection: Connection, company_ids: Collection[int]) -> None:
    """Forget the mails to these companies, as their links are new, or other mails follow."""
    connection.execute(delete(LinkMail).where(LinkMail.company_id.in_(company_ids)))


def stop(actor: Actor) -> int:
    """Send none of the mails that still wait. Returns how many those were."""
    with write_transaction(actor) as work:
        waiting = LinkMail.state == LinkMailState.WAITING
        before = and_(waiting, LinkMail.sent_at.is_not(None))
        again = update(LinkMail).where(before).values(state=LinkMailState.SENT, problem=None)
        stopped = work.connection.execute(again.values(at=LinkMail.sent_at)).rowcount
        stopped += work.connection.execute(delete(LinkMail).where(waiting)).rowcount
        if stopped:
            work.record(actor, LinkMailsStopped(stopped))
    return stopped


def send_next(address_of: Callable[[str], str]) -> bool:
    """Send the next mail that is due, if any; returns whether there was one.

    `address_of` makes a link's address from its secret. All workers together send no more in a
    minute than the setting allows.
    """
    claimed = _claim()
    if claimed is None:
        return False
    values = own_words(claimed.owner, address_of)
    try:
        mail.deliver(claimed.address, filled(claimed.subject, values), filled(claimed.text, values))
    except mail.NotSent as problem:
        state = LinkMailState.FAILED if problem.was_given else LinkMailState.WAITING
        _finish(claimed, state=state, problem=problem.words)
    else:
        _finish(claimed, state=LinkMailState.SENT, problem=None, sent_at=clock.now())
    return True


def own_words(owner: LinkOwner, address_of: Callable[[str], str]) -> dict[Place, str]:
    """The values for the placeholders of a company's mail."""
    the_fair = fair_identity.current()
    return {
        Place.COMPANY: owner.name,
        Place.STAND: owner.stand or "–",
        Place.HALL: owner.hall or "–",
        Place.LINK: address_of(owner.token),
        Place.FAIR: the_fair.title,
        Place.DAYS: fair_days(the_fair.starts_on, the_fair.ends_on) or "–",
    }


_UNDER_WAY = LinkMail.state.in_((LinkMailState.WAITING, LinkMailState.SENDING))


def _claim() -> _Claimed | None:
    """Take the next mail for this worker alone; None while none is due."""
    with autocommit() as connection:
        if connection.execute(select(LinkMail.company_id).where(_UNDER_WAY)).first() is None:
            return None
    with write_transaction(SYSTEM) as work:
        _give_up_lost(work.connection, work.at)
        if not _may_send(work.connection, work.at):
            return None
        row = work.connection.execute(_NEXT).first()
        if row is None:
            return None
        mine = LinkMail.company_id == row.company_id
        work.connection.execute(
            update(LinkMail).where(mine).values(state=LinkMailState.SENDING, at=work.at)
        )
    return _Claimed(*row[:5], LinkOwner(*row[5:]))


_NEXT = (
    select(
        LinkMail.company_id,
        LinkMail.mailing,
        LinkMail.address,
        LinkMailing.subject,
        LinkMailing.text,
        Company.name,
        Company.stand,
        Company.hall,
        Company.token,
    )
    .join(LinkMailing, LinkMailing.number == LinkMail.mailing)
    .join(Company, Company.id == LinkMail.company_id)
    .where(LinkMail.state == LinkMailState.WAITING)
    .order_by(LinkMail.mailing, Company.name_key)
    .limit(1)
)


def _give_up_lost(connection: Connection, now: datetime) -> None:
    lost = and_(LinkMail.state == LinkMailState.SENDING, LinkMail.at < now - LOST)
    connection.execute(
        update(LinkMail).where(lost).values(state=LinkMailState.FAILED, problem=INTERRUPTED)
    )


def _may_send(connection: Connection, now: datetime) -> bool:
    """Whether the pace allows it, and the mail server could be reached when it was tried last."""
    pace = timedelta(minutes=1) / current_app.config["MAILS_A_MINUTE"]
    is_waiting = LinkMail.state == LinkMailState.WAITING
    last = connection.execute(select(func.max(LinkMail.at)).where(~is_waiting)).scalar()
    unreached = and_(is_waiting, LinkMail.problem.is_not(None), LinkMail.at > now - RETRY)
    if connection.execute(select(LinkMail.company_id).where(unreached)).first() is not None:
        return False
    return last is None or now - last >= pace


def _finish(claimed: _Claimed, **values: Any) -> None:
    """Note what became of a mail, unless its company or its link has gone meanwhile."""
    with write_transaction(SYSTEM) as work:
        mine = and_(
            LinkMail.company_id == claimed.company_id,
            LinkMail.mailing == claimed.mailing,
            LinkMail.state == LinkMailState.SENDING,
        )
        work.connection.execute(update(LinkMail).where(mine).values(at=work.at, **values))
