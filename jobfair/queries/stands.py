"""What a company sees on its own screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, Executable, bindparam, func, select

from jobfair import clock
from jobfair.domain.interviewing import UNDO_WITHIN
from jobfair.missing import NotFound
from jobfair.models import RUNNING, WAITING, Company, Entry, Student
from jobfair.queries.lines import COMPANY
from jobfair.queries.reading import asking, phase_of, reading
from jobfair.queries.views import CompanyView, Row, Stand


@dataclass(frozen=True, slots=True)
class Link:
    """A company's link: its secret, whose it is, and the hash of the PIN it asks for, if any."""

    token: str = field(repr=False)
    company: CompanyView
    pin_hash: str | None = field(repr=False)


SHOWN_WAITING = 50
SHOWN_DONE = 20

DONE = Entry.state == "done"
_ROW = (
    Entry.id,
    Entry.position,
    Entry.state,
    Entry.aside,
    Entry.presence,
    Entry.turn,
    Student.id,
    Student.first_name,
    Student.last_name,
    Student.status,
    Entry.created_at,
    Entry.called_at,
    Entry.seen,
    Entry.coming_at,
    Entry.started_at,
    Entry.completed_at,
)

# Made once: making a statement takes longer than running it.
_COMPANY = select(*COMPANY)
_LINK = select(Company.pin_hash, *COMPANY).where(Company.token == bindparam("token"))
_BY_ID = _COMPANY.where(Company.id == bindparam("company_id"))
_HERE = Entry.company_id == bindparam("company_id")
_ROWS = select(*_ROW).join(Student, Student.id == Entry.student_id).where(_HERE)
_RUNNING = _ROWS.where(RUNNING).order_by(Entry.started_at, Entry.id)
_EVERY_WAITING = _ROWS.where(WAITING).order_by(Entry.position)
_EVERY_DONE = _ROWS.where(DONE).order_by(Entry.ended.desc())
_WAITING, _DONE = _EVERY_WAITING.limit(SHOWN_WAITING), _EVERY_DONE.limit(SHOWN_DONE)
_CALLED = _ROWS.where(Entry.turn.is_not(None)).order_by(Entry.position)
_COUNT = select(func.count()).select_from(Entry).where(_HERE)
_DONE_COUNT = _COUNT.where(DONE)
_CALLED_COUNT = _COUNT.where(Entry.turn.is_not(None))


def link(token: str) -> Link:
    """What is behind a link, whoever asks. Raises NotFound for an unknown or replaced one."""
    with asking() as connection:
        row = connection.execute(_LINK, {"token": token}).first()
    if row is None:
        raise NotFound("company")
    return Link(token, CompanyView(*row[1:]), row.pin_hash)


def company_by_id(company_id: int) -> CompanyView:
    """One company. Raises NotFound."""
    with asking() as connection:
        return _company(connection, _BY_ID, company_id=company_id)


def token_of(company_id: int) -> str:
    """The secret of a company's link. Raises NotFound."""
    with reading() as connection:
        token: str | None = connection.execute(
            select(Company.token).where(Company.id == company_id)
        ).scalar()
    if token is None:
        raise NotFound("company")
    return token


def stand(company_id: int, whole: bool = False) -> Stand:
    """A company's dashboard: running, waiting in order, done with the latest first.

    Takes whether to give every row or only the first of each long list. Raises NotFound.
    """
    with reading() as connection:
        company = _company(connection, _BY_ID, company_id=company_id)
        done_count = connection.execute(_DONE_COUNT, {"company_id": company_id}).scalar_one()
        callable_count = connection.execute(_CALLED_COUNT, {"company_id": company_id}).scalar_one()
        shown = Stand(
            company,
            phase_of(connection),
            _read(connection, _RUNNING, company_id),
            _read(connection, _EVERY_WAITING if whole else _WAITING, company_id),
            _read(connection, _EVERY_DONE if whole else _DONE, company_id),
            done_count=done_count,
            callable_count=callable_count,
        )
    return replace(shown, undo_until=_undo_until(shown.ended_last))


def _undo_until(ended_last: Row | None) -> datetime | None:
    if ended_last is None or ended_last.completed_at is None:
        return None
    until = ended_last.completed_at + UNDO_WITHIN
    return until if clock.now() < until else None


def called(company_id: int) -> list[Row]:
    """Who is called right now, in order of position."""
    with asking() as connection:
        return list(_read(connection, _CALLED, company_id))


def _company(connection: Connection, query: Executable, **given: object) -> CompanyView:
    row = connection.execute(query, given).first()
    if row is None:
        raise NotFound("company")
    return CompanyView(*row)


def _read(connection: Connection, query: Executable, company_id: int) -> tuple[Row, ...]:
    return tuple(Row(*row) for row in connection.execute(query, {"company_id": company_id}))
