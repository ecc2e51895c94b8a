"""What a student reads about their turn: how many are ahead, why not yet, why it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.domain.reasons import TurnEndedBecause
from jobfair.domain.state import EntryState, Phase, Presence
from jobfair.wording.fair import phases


class _Company(Protocol):
    @property
    def recruiting(self) -> bool: ...


class OwnEntry(Protocol):
    """What a sentence about a student's own entry needs to know of it."""

    @property
    def state(self) -> EntryState: ...
    @property
    def presence(self) -> Presence: ...
    @property
    def aside(self) -> bool: ...
    @property
    def ahead(self) -> int | None: ...
    @property
    def can_start(self) -> bool: ...
    @property
    def company(self) -> _Company: ...


_UNAVAILABLE: dict[Presence, Callable[[], str]] = {
    Presence.IN_INTERVIEW: lambda: _("You are in an interview"),
    Presence.PAUSED: lambda: _("You are paused"),
    Presence.INACTIVE: lambda: _("Your account is deactivated"),
}

_ENDED: dict[TurnEndedBecause, Callable[[], str]] = {
    TurnEndedBecause.ASIDE: lambda: _("You were set aside"),
    TurnEndedBecause.PAUSED: lambda: _("You are paused"),
    TurnEndedBecause.IN_INTERVIEW: lambda: _("You are in an interview"),
    TurnEndedBecause.INACTIVE: lambda: _("Your account is deactivated"),
    TurnEndedBecause.LEFT: lambda: _("You left the queue"),
    TurnEndedBecause.DONE: lambda: _("This interview is done"),
    TurnEndedBecause.COMPANY_PAUSED: lambda: _("This company is paused"),
    TurnEndedBecause.FAIR_NOT_OPEN: lambda: _("The organisers have stopped all calls"),
    TurnEndedBecause.NO_FREE_SLOT: lambda: _("No slot is free"),
    TurnEndedBecause.SOMEONE_AHEAD: lambda: _("Someone ahead of you is back"),
}


def people_ahead(ahead: int | None) -> str:
    """How many are ahead, as the student reads it; None while the places are still to be drawn."""
    if ahead is None:
        return _("Drawn when the fair opens")
    if ahead == 0:
        return _("You are next")
    return ngettext("%(num)d person ahead of you", "%(num)d people ahead of you", ahead)


def unavailable(presence: Presence) -> str:
    """Why a student is not available, as they read it."""
    return _UNAVAILABLE[presence]()


def paused() -> str:
    """What being paused means for a student."""
    return _("You are paused: nobody calls you")


def turn_ended(reason: str) -> str:
    """Why a turn ended, as its student reads it."""
    return _ENDED[TurnEndedBecause(reason)]()


def reason(phase: Phase, entry: OwnEntry) -> str:
    """Why an entry may or may not start now, as its student reads it; never empty."""
    if entry.can_start:
        return _("It's your turn")
    if entry.state is EntryState.RUNNING:
        return _("Interview running")
    if entry.state is EntryState.DONE:
        return _("Interview done")
    if entry.presence is not Presence.AVAILABLE:
        return unavailable(entry.presence)
    if not entry.company.recruiting:
        return _("This company is paused")
    if phase is not Phase.OPEN:
        return phases.not_open(phase)
    if entry.aside:
        return _("Set aside: say that you are here first")
    if entry.ahead == 0:
        return _("No slot is free")
    return people_ahead(entry.ahead)
