"""The application without its lock, for the twins of the race tests, which must fail.

Between reading and writing it lets others run, as a slower database would.
"""

from contextlib import nullcontext
from time import sleep

from sqlalchemy import select

from jobfair import clock, create_app
from jobfair.extensions import db
from jobfair.models import LOT_SEALED, Fair
from jobfair.services.access import accounts
from jobfair.unit_of_work import batching, transaction
from jobfair.web.security.limits import account_turns

BETWEEN_SECONDS = 0.1


def _without_lock(connection):
    read = select(Fair.phase, Fair.revision, LOT_SEALED)
    phase, number, lot_sealed = connection.execute(read).one()
    sleep(BETWEEN_SECONDS)  # Lets others run.
    return transaction.UnitOfWork(connection, phase, number, bool(lot_sealed), clock.now())


def _slowly(read):
    def reading(*what, **more):
        found = read(*what, **more)
        sleep(BETWEEN_SECONDS)  # Lets others run.
        return found

    return reading


def _begun():
    return db.engine.begin()


def _replace(module, name, replacement):
    # A name that is no longer there would leave the lock in its place without a word.
    assert hasattr(module, name), f"{module.__name__} has no {name}"
    setattr(module, name, replacement)


_replace(transaction, "_locked", _without_lock)
_replace(transaction, "unlocked_transaction", _begun)
_replace(transaction, "load", _slowly(transaction.load))
_replace(accounts, "_email_taken", _slowly(accounts._email_taken))
_replace(batching, "_batch_lock", nullcontext())
_replace(account_turns, "_take", lambda: None)
_replace(batching, "TOGETHER", 1)

app = create_app()
