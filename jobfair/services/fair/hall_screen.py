"""The hall's screen: its link, and how it says who is called."""

from __future__ import annotations

from sqlalchemy import select

from jobfair.domain.events import (
    Event,
    ScreenLinkMade,
    ScreenLinkWithdrawn,
    ScreenNamesChanged,
)
from jobfair.domain.state import ScreenNames
from jobfair.models import Fair
from jobfair.security import link_tokens
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction


def make_link(actor: Actor) -> str:
    """Give the hall's screen a new link; the old one stops working. Returns its token."""
    token = link_tokens.new()
    with write_transaction(actor) as work:
        _record(actor, work, ScreenLinkMade(), screen_token=token)
    return token


def withdraw_link(actor: Actor) -> None:
    """Remove the link of the hall's screen; open screens go dark. Twice is no error."""
    with write_transaction(actor) as work:
        if work.connection.execute(select(Fair.screen_token)).scalar_one() is not None:
            _record(actor, work, ScreenLinkWithdrawn(), screen_token=None)


def set_names(actor: Actor, names: ScreenNames) -> None:
    """Show who is called by name or by code. Twice is no error."""
    with write_transaction(actor) as work:
        before = work.connection.execute(select(Fair.screen_names)).scalar_one()
        if before is not names:
            _record(actor, work, ScreenNamesChanged(before, names), screen_names=names)


def _record(actor: Actor, work: UnitOfWork, event: Event, **values: str | None) -> None:
    work.record(actor, event)
    work.set_fair(**values)
