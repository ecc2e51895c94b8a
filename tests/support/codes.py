"""A second factor for tests, and the codes that its app shows."""

from dataclasses import dataclass
from datetime import timedelta

import pyotp
from sqlalchemy import update

from jobfair import clock
from jobfair.extensions import db
from jobfair.models import SecondFactor
from jobfair.services.access import second_factors

STEP = timedelta(seconds=30)
"""For how long an app shows a code."""


@dataclass(frozen=True)
class App:
    """The app on somebody's phone, and the recovery codes that they wrote down."""

    secret: str
    recovery: list[str]

    def code(self, steps=0):
        """What it shows, or has shown `steps` of thirty seconds ago where that is below zero."""
        return pyotp.TOTP(self.secret).at(clock.now() + steps * STEP)

    def wrong(self):
        """Six digits that it does not show around now."""
        shown = {self.code(steps) for steps in range(-2, 3)}
        return next(code for each in range(9) if (code := f"{each:06}") not in shown)


def set_up(person):
    """Switch somebody's second factor on; no code of its app is used yet."""
    sealed = second_factors.new_secret(person.user_id)
    secret = second_factors.read_secret(person.user_id, sealed)
    code = pyotp.TOTP(secret).at(clock.now())
    recovery = second_factors.set_up(person.actor, person.user_id, sealed, code, 0)
    forget_used(person)
    return App(secret, recovery)


def forget_used(person):
    """As if the first code, with which it was set up, had been used long ago."""
    used = update(SecondFactor).where(SecondFactor.user_id == person.user_id)
    db.session.execute(used.values(last_step=0))
    db.session.commit()
    db.session.close()
