"""Taking an alert on, so that the others of the team leave it alone, and giving it back."""

from __future__ import annotations

from sqlalchemy import delete, insert

from jobfair.domain.events import AlertGivenBack, AlertTaken
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.models import AlertTaking
from jobfair.queries.admin.fair.alerts import TAKEN_FOR, AnyAlert, DeadServer, alerts_of
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction


def take(actor: Actor, key: str) -> Refusal | None:
    """Take an alert on, by its key. Until it ends, for `TAKEN_FOR` at most, it is the actor's.

    Returns `alert_over` if there is no such alert (any more), and `alert_taken` if somebody else
    has taken it on.
    """
    with write_transaction(actor) as work:
        alert = _find(work, key)
        if alert is None:
            return Refusal(RequestCode.ALERT_OVER)
        if alert.taking is not None:
            is_own = alert.taking.user_id == actor.id
            return None if is_own else Refusal(RequestCode.ALERT_TAKEN)
        _record(work, actor, AlertTaken(key, *_about(alert)))
        lapsed = (AlertTaking.alert == key) | (AlertTaking.at <= work.at - TAKEN_FOR)
        work.connection.execute(delete(AlertTaking).where(lapsed))
        row = {"alert": key, "user_id": actor.id, "number": work.number, "at": work.at}
        work.connection.execute(insert(AlertTaking).values(row))
    return None


def give_back(actor: Actor, key: str) -> Refusal | None:
    """Make an alert everybody's again; nothing where nobody has taken it on.

    Returns `alert_over` if there is no such alert (any more).
    """
    with write_transaction(actor) as work:
        alert = _find(work, key)
        if alert is None:
            return Refusal(RequestCode.ALERT_OVER)
        if alert.taking is not None:
            _record(work, actor, AlertGivenBack(key, *_about(alert)))
            work.connection.execute(delete(AlertTaking).where(AlertTaking.alert == key))
    return None


def _find(work: UnitOfWork, key: str) -> AnyAlert | None:
    return next((each for each in alerts_of(work.connection) if each.key == key), None)


def _about(alert: AnyAlert) -> tuple[int | None, str]:
    """The company or the server that an alert is about, as the journal has it."""
    return (None, alert.host) if isinstance(alert, DeadServer) else (alert.company_id, "")


def _record(work: UnitOfWork, actor: Actor, event: AlertTaken | AlertGivenBack) -> None:
    companies = () if event.company_id is None else (event.company_id,)
    work.carry_out(actor, work.load(LoadSpec(companies=companies)), (event,))
