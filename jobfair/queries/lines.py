"""Who stands where in a queue, once a worker and revision, for all who look at it.

A thousand people in one queue ask for their place after every change. Each asking the database
costs a thousand queries; here the queue is read once and each looks up a number.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from threading import Lock

from flask import current_app
from sqlalchemy import Connection, bindparam, select

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
        # Without the lock: whoever holds it may be waiting for a connection such as this one.
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
            row = connection.execute(_COMPANY, {"company_id": company_id}).first()
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
        line = self._lines.get(company.id)
        # Whoever looked a moment ago may have seen less than what is kept; it stays theirs.
        if line is None or line.company.revision < company.revision:
            self._lines[company.id] = read
        return read


def shared() -> Lines:
    """The lines that the whole process shares."""
    lines: Lines = current_app.extensions.setdefault("jobfair_lines", Lines())
    return lines


# Made once: making a statement takes longer than running it.
_COMPANY = select(*COMPANY).where(Company.id == bindparam("company_id"))
_HERE = Entry.company_id == bindparam("company_id")
_IDS = select(Entry.id).where(_HERE, WAITING).order_by(Entry.position)
_UPCOMING = (
    select(Entry.id).where(_HERE, READY, Entry.turn.is_(None)).order_by(Entry.position).limit(1)
)
_FIRST_NAME = (
    select(Student.first_name).join(Entry, Entry.student_id == Student.id).where(_HERE).limit(1)
)
_LAST_CALLED = _FIRST_NAME.where(Entry.turn.is_not(None)).order_by(Entry.turn.desc())
_LONGEST_RUNNING = _FIRST_NAME.where(RUNNING).order_by(Entry.started_at)


def _read(connection: Connection, company: CompanyView) -> Line:
    here = {"company_id": company.id}
    ids = connection.execute(_IDS, here)
    ahead = {entry_id: rank for rank, (entry_id,) in enumerate(ids)}
    upcoming = connection.execute(_UPCOMING, here).scalar()
    return Line(company, ahead, upcoming, _whom_next_follows(connection, here))


def _whom_next_follows(connection: Connection, here: dict[str, int]) -> str | None:
    """The last one called who has not started, else whose interview has run the longest."""
    called: str | None = connection.execute(_LAST_CALLED, here).scalar()
    return called or connection.execute(_LONGEST_RUNNING, here).scalar()
