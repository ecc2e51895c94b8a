"""Who stands where in a queue, once a worker and revision, for all who look at it.

A thousand people in one queue ask for their place after every change. Each asking the database
costs a thousand queries; here the queue is read once and each looks up a number.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from threading import Lock

from flask import current_app
from sqlalchemy import Connection, select

from jobfair.models import READY, RUNNING, WAITING, Company, Entry, Student
from jobfair.queries.reading import reading
from jobfair.queries.views import CompanyView

COMPANY = [Company.__table__.c[each.name] for each in fields(CompanyView)]


@dataclass(frozen=True, slots=True)
class Line:
    """One queue at one revision of its company.

    `ahead` gives the waiting entries before each entry. `next_id` is the entry that is called
    when the next slot is free, `after` the first name of whom it follows.
    """

    company: CompanyView
    ahead: dict[int, int]
    next_id: int | None
    after: str | None

    def after_whom(self, entry_id: int) -> str | None:
        return self.after if entry_id == self.next_id else None


class Lines:
    """A process's lines. Each is kept until its company's revision moves on."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}
        self._checked: dict[int, int] = {}
        self._loading = Lock()

    def of(self, connection: Connection, company: CompanyView) -> Line:
        """The line of a company that was just read."""
        line = self._lines.get(company.id)
        if line is not None and line.company.revision == company.revision:
            return line
        with self._loading:
            return self._kept(connection, company)

    def at(self, company_id: int, number: int) -> Line | None:
        """The line at or after a journal number, read at most once for each number.

        Gives back None when the company is no more.
        """
        if self._checked.get(company_id, -1) < number:
            with self._loading:
                if self._checked.get(company_id, -1) < number:
                    self._read(company_id, number)
        return self._lines.get(company_id)

    def _read(self, company_id: int, number: int) -> None:
        with reading() as connection:
            row = connection.execute(select(*COMPANY).where(Company.id == company_id)).first()
            if row is None:
                self._lines.pop(company_id, None)
            else:
                self._kept(connection, CompanyView(*row))
        self._checked[company_id] = number

    def _kept(self, connection: Connection, company: CompanyView) -> Line:
        line = self._lines.get(company.id)
        if line is not None and line.company.revision == company.revision:
            return line
        read = _read(connection, company)
        # Whoever looked a moment ago may have seen less than what is kept; it stays theirs.
        if line is None or line.company.revision < company.revision:
            self._lines[company.id] = read
        return read


def shared() -> Lines:
    """The lines that the whole process shares."""
    lines: Lines = current_app.extensions.setdefault("jobfair_lines", Lines())
    return lines


def _read(connection: Connection, company: CompanyView) -> Line:
    here = Entry.company_id == company.id
    ids = connection.execute(select(Entry.id).where(here, WAITING).order_by(Entry.position))
    ahead = {entry_id: rank for rank, (entry_id,) in enumerate(ids)}
    upcoming = connection.execute(
        select(Entry.id).where(here, READY, Entry.turn.is_(None)).order_by(Entry.position).limit(1)
    ).scalar()
    return Line(company, ahead, upcoming, _whom_next_follows(connection, company))


def _whom_next_follows(connection: Connection, company: CompanyView) -> str | None:
    """The last one called who has not started, else whose interview has run the longest."""
    here = (
        select(Student.first_name)
        .join(Entry, Entry.student_id == Student.id)
        .where(Entry.company_id == company.id)
        .limit(1)
    )
    called = here.where(Entry.turn.is_not(None)).order_by(Entry.turn.desc())
    running = here.where(RUNNING).order_by(Entry.started_at)
    name: str | None = connection.execute(called).scalar() or connection.execute(running).scalar()
    return name
