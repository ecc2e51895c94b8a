"""What a company sees on its own screen."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from jobfair.missing import NotFound
from jobfair.models import RUNNING, WAITING, Company, Entry, Student
from jobfair.queries.lines import COMPANY
from jobfair.queries.reading import phase_of, reading
from jobfair.queries.views import CompanyView, Row, Stand

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
    Entry.started_at,
    Entry.completed_at,
)


def company_by_token(token: str) -> CompanyView:
    """The company that a link belongs to. Raises NotFound for an unknown or replaced link."""
    return _company(Company.token == token)


def company_by_id(company_id: int) -> CompanyView:
    """One company. Raises NotFound."""
    return _company(Company.id == company_id)


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
        company = _read_company(connection, Company.id == company_id)
        here = Entry.company_id == company_id
        waiting = _rows(here, WAITING).order_by(Entry.position)
        done = _rows(here, DONE).order_by(Entry.completed_at.desc(), Entry.id.desc())
        if not whole:
            waiting, done = waiting.limit(SHOWN_WAITING), done.limit(SHOWN_DONE)
        running = _rows(here, RUNNING).order_by(Entry.started_at, Entry.id)
        return Stand(
            company,
            phase_of(connection),
            _read(connection, running),
            _read(connection, waiting),
            _read(connection, done),
            done_count=_count(connection, here, DONE),
            callable_count=_count(connection, here, Entry.turn.is_not(None)),
        )


def called(company_id: int) -> list[Row]:
    """Who is called right now, in order of position."""
    with reading() as connection:
        query = _rows(Entry.company_id == company_id, Entry.turn.is_not(None))
        return list(_read(connection, query.order_by(Entry.position)))


def _company(condition: Any) -> CompanyView:
    with reading() as connection:
        return _read_company(connection, condition)


def _read_company(connection: Connection, condition: Any) -> CompanyView:
    row = connection.execute(select(*COMPANY).where(condition)).first()
    if row is None:
        raise NotFound("company")
    return CompanyView(*row)


def _rows(*conditions: Any) -> Any:
    return select(*_ROW).join(Student, Student.id == Entry.student_id).where(*conditions)


def _read(connection: Connection, query: Any) -> tuple[Row, ...]:
    return tuple(Row(*row) for row in connection.execute(query))


def _count(connection: Connection, *conditions: Any) -> int:
    return connection.execute(
        select(func.count()).select_from(Entry).where(*conditions)
    ).scalar_one()
