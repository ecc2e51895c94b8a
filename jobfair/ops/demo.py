"""A small running fair, for a first look at JobFair.

The services of a real fair play it, over the last hour and a half.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask import current_app
from sqlalchemy import Connection, func, select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import CallLengthChanged, kind
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import CompanyStatus, Phase, Presence, StudentStatus
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.students.introductions import SHOWN
from jobfair.models import (
    READY,
    RUNNING,
    WAITING,
    Company,
    Entry,
    JournalRow,
    Student,
    User,
)
from jobfair.ops.demo_companies import COMPANIES, logo
from jobfair.ops.private_files import kept
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.security.hashing import passwords
from jobfair.services.access import accounts
from jobfair.services.access.accounts import NewStudent
from jobfair.services.companies import companies, logos
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import introductions
from jobfair.settings.safety import DEMO_PASSWORD
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import write_transaction

ADMIN_EMAIL = "admin@jobfair.example"
PLAYED = timedelta(minutes=90)
STEP = timedelta(minutes=1)

FIRST_NAMES = (
    "Alice Bilal Camille David Emma Farid Gabrielle Hugo Inès Jules Karima Louis Manon Nathan "
    "Océane Paul Quitterie Rayan Sarah Théo Ulysse Valentine Wassim Xavier Yasmine Zoé Adrien "
    "Brune Clément Diane Élise Florian Garance Hakim Iris Jeanne Kylian Léa Malik Noémie"
)
LAST_NAMES = (
    "Martin Bernard Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre "
    "Leroy Roux David Bertrand Morel Fournier Girard Bonnet"
)


INTRODUCTIONS: tuple[dict[str, Any], ...] = (
    {
        "studies": "Master informatique, parcours données",
        "year": "M2",
        "seeking": "internship, job",
        "sentence": "J'ai appris à un robot à trier les déchets de mon campus.",
        "link": "https://portfolio.example/robot",
        "shows_email": True,
    },
    {"studies": "École d'ingénieurs, énergie", "year": "2e année", "seeking": "internship"},
    {"studies": "Licence pro qualité", "year": "L3", "seeking": "apprenticeship"},
    {},
)
"""What the students show stands, in turns; nothing for the last."""


class BrokenOff(Exception):
    """Loading the demo fair was interrupted, so that what is there is a part of it."""


def load(base_url: str, admin_email: str, admin_password: str) -> Iterator[str]:
    """Load the fair unless there is one. Yields lines that say what to try.

    Raises BrokenOff where loading it was.
    """
    with read_transaction() as connection:
        if _is_broken_off(connection):
            raise BrokenOff
        empty = not connection.execute(select(func.count()).select_from(Company)).scalar_one()
    if empty:
        _play(Random(2026))
    password = _admin_password(admin_password)
    # Nothing here is anybody's own: what a demo's accounts open is for everybody to see.
    accounts.ensure_admin(admin_email, password, issued=False)
    yield from _summary(base_url, admin_email, password)


def _is_broken_off(connection: Connection) -> bool:
    """Whether the first that is loaded is there, and what comes last never happened."""
    student = select(User.id).where(User.email == _email(0))
    ended = select(JournalRow.number).where(
        JournalRow.kind == kind(CallLengthChanged), JournalRow.actor == actors.SYSTEM.kind
    )
    return bool(connection.execute(student).first() and not connection.execute(ended).first())


def _email(index: int) -> str:
    return f"etudiant{index + 1}@jobfair.example"


def _admin_password(password: str) -> str:
    """The admin's password: the configured one, or else the one generated at the first start."""
    if current_app.config["ADMIN_PASSWORD"]:
        return password
    path = Path(current_app.instance_path) / "demo_admin_password"
    return kept(path, lambda: password)


def _play(random: Random) -> None:
    started = clock.now() - PLAYED
    with clock.at(started):
        fair.set_phase(actors.SYSTEM, Phase.OPEN)
        students = _students()
        stands_made = [_company(number, each) for number, each in enumerate(COMPANIES)]
    moment = started
    while moment < started + PLAYED:
        with clock.at(moment):
            _play_minute(random, stands_made, students)
        moment += STEP
    _pause_some(stands_made, students)
    # Nobody answers calls in the demo: within an hour all entries would be set aside. Done last,
    # as by it the fair is known to be whole.
    fair.set_call_minutes(actors.SYSTEM, None)


def _company(number: int, company: NewCompany) -> int:
    made = companies.create(actors.SYSTEM, company)
    assert not isinstance(made, Refusal)
    logos.set_logo(actors.SYSTEM, made, logo(number))
    return made


def _students() -> list[int]:
    # One hash for all: forty would take seconds, and the password is printed anyway.
    password_hash = passwords.hash_password(DEMO_PASSWORD)
    last_names = LAST_NAMES.split()
    made = []
    for index, first in enumerate(FIRST_NAMES.split()):
        last = last_names[index % len(last_names)]
        new = NewStudent(_email(index), "", first, last)
        with write_transaction(actors.SYSTEM) as work:
            account = accounts.insert_student(work, None, new, password_hash, confirmed=True)
        assert not isinstance(account, Refusal)
        if shown := INTRODUCTIONS[index % len(INTRODUCTIONS)]:
            actor = actors.student(account.student_id)
            introductions.change(actor, {**shown, SHOWN: True})
        made.append(account.student_id)
    return made


def _play_minute(random: Random, company_ids: list[int], student_ids: list[int]) -> None:
    for company_id in company_ids:
        for row in stands.stand(company_id).in_interview:
            lasted = clock.now() - (row.started_at or clock.now())
            if lasted > timedelta(minutes=random.randint(8, 20)):
                interviews.complete(actors.company(company_id), row.id)
    for student_id in random.sample(student_ids, 8):
        _student_acts(random, company_ids, student_id)


def _student_acts(random: Random, company_ids: list[int], student_id: int) -> None:
    page, actor = places.dashboard(student_id), actors.student(student_id)
    if page.student.status is StudentStatus.PAUSED:
        presence.change_status(actor, StudentStatus.AVAILABLE)
    elif page.turns:
        interviews.start(actor, page.turns[0].id)
    elif len(page.waiting) < 5:
        company_id = random.choice(company_ids)
        # As from a page, which says how long it may take.
        queues.join(actor, company_id, places.wait_behind(company_id))


def _pause_some(company_ids: list[int], student_ids: list[int]) -> None:
    """Pause a company and some students, and close a queue, so that each can be seen."""
    companies.edit(actors.company(company_ids[9]), company_ids[9], {"status": CompanyStatus.PAUSED})
    companies.edit(actors.company(company_ids[8]), company_ids[8], {"queue_open": False})
    for student_id in student_ids[-6:]:
        presence.change_status(actors.student(student_id), StudentStatus.PAUSED)


def _summary(base_url: str, admin_email: str, password: str) -> Iterator[str]:
    yield ""
    yield f"  JobFair                  {base_url}/"
    yield ""
    yield f"  Organiser                {base_url}/admin/"
    yield f"    sign in with           {admin_email} / {password}"
    yield f"  Students                 {base_url}/login"
    for moment, email in _student_emails():
        yield f"    {moment:<22} {email} / {DEMO_PASSWORD}"
    yield "  Companies (a link each, no account)"
    for name, token in _company_links():
        yield f"    {name:<22} {base_url}/company/{token}"
    yield ""


def _student_emails() -> Iterator[tuple[str, str]]:
    """What students can be doing, and the address of one who is doing it."""
    queued = (
        select(User.email)
        .join(Student, Student.user_id == User.id)
        .join(Entry, Entry.student_id == Student.id)
        .where(User.email.like("etudiant%@jobfair.example"))
        .order_by(User.id)
        .limit(1)
    )
    moments = {
        "called": Entry.turn.is_not(None),
        "in an interview": RUNNING,
        "waiting": READY & Entry.turn.is_(None),
        "on a pause": WAITING & (Entry.presence == Presence.PAUSED),
    }
    with read_transaction() as connection:
        for moment, condition in moments.items():
            email = connection.execute(queued.where(condition)).scalar()
            if email is not None:
                yield moment, email


def _company_links() -> list[tuple[str, str]]:
    query = select(Company.name, Company.token).order_by(Company.id).limit(len(COMPANIES))
    with read_transaction() as connection:
        return [(name, token) for name, token in connection.execute(query)]
