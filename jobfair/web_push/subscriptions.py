"""The browsers that get a student's calls while the page is closed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from jobfair import clock
from jobfair.db.transactions import unlocked_transaction
from jobfair.models import PushSubscription, SignIn

MOST = 10
"""Browsers of one student at most; a new one then replaces the oldest."""


@dataclass(frozen=True, slots=True)
class Browser:
    """The endpoint of a browser, and the keys to encrypt for it (RFC 8291)."""

    endpoint: str
    p256dh: str
    auth: str
    language: str


def subscribe(sign_in_id: int, browser: Browser) -> None:
    """Let a sign-in's calls reach a browser, until the sign-in ends.

    A browser has one endpoint: a later sign-in there that subscribes takes it over.
    """
    values = {
        "sign_in_id": sign_in_id,
        "p256dh": browser.p256dh,
        "auth": browser.auth,
        "language": browser.language,
        "refused": 0,
    }
    with unlocked_transaction() as connection:
        found = connection.execute(
            select(PushSubscription.id, PushSubscription.sign_in_id)
            .where(PushSubscription.endpoint == browser.endpoint)
            .with_for_update()
        ).first()
        if found is not None and found.sign_in_id == sign_in_id:
            connection.execute(
                update(PushSubscription).where(PushSubscription.id == found.id).values(values)
            )
            return
        if found is not None:
            # With it goes what was sent to the one before.
            connection.execute(delete(PushSubscription).where(PushSubscription.id == found.id))
        connection.execute(
            insert(PushSubscription).values(
                endpoint=browser.endpoint, created_at=clock.now(), **values
            )
        )
        _drop_oldest(connection, sign_in_id)


def unsubscribe(user_id: int, endpoint: str) -> None:
    """Stop calls to a browser of this user; other users' browsers are not changed."""
    with unlocked_transaction() as connection:
        connection.execute(
            delete(PushSubscription).where(
                PushSubscription.endpoint == endpoint,
                PushSubscription.sign_in_id.in_(select(SignIn.id).where(SignIn.user_id == user_id)),
            )
        )


def _drop_oldest(connection: Connection, sign_in_id: int) -> None:
    owner = select(SignIn.user_id).where(SignIn.id == sign_in_id).scalar_subquery()
    too_many = (
        select(PushSubscription.id)
        .join(SignIn, SignIn.id == PushSubscription.sign_in_id)
        .where(SignIn.user_id == owner)
        .order_by(PushSubscription.id.desc())
        .offset(MOST)
    )
    old = connection.execute(too_many).scalars().all()
    connection.execute(delete(PushSubscription).where(PushSubscription.id.in_(old)))
