"""From the values that pages show to the shapes that the JSON interface answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from jobfair.blueprints.api.shapes import accounts as account_shapes
from jobfair.blueprints.api.shapes import entries as entry_shapes
from jobfair.blueprints.api.shapes import organisers as organiser_shapes
from jobfair.blueprints.api.shapes import stands as stand_shapes
from jobfair.blueprints.api.shapes.accounts import (
    Account,
    BriefStudent,
    QueuedStudent,
    Registered,
    SignedIn,
    Student,
)
from jobfair.blueprints.api.shapes.common import QueueSet, Shape
from jobfair.blueprints.api.shapes.companies import (
    CompanyOfEntry,
    ListedCompany,
    LogoAddresses,
    NamedCompany,
    SignShown,
)
from jobfair.blueprints.api.shapes.entries import (
    NewEntry,
    Opportunities,
    Opportunity,
    OwnEntry,
    StudentAndEntries,
)
from jobfair.blueprints.api.shapes.organisers import Company, Overview
from jobfair.blueprints.api.shapes.stands import (
    Called,
    CompanyDashboard,
    CompanyOfStand,
    NextStudents,
    QueueRow,
    StandStats,
)
from jobfair.db.transactions import current_phase
from jobfair.domain.events import Audience
from jobfair.domain.state import EntryState
from jobfair.fields.companies.companies import IN_JSON
from jobfair.fields.students.introductions import SHOWN
from jobfair.models import Role
from jobfair.queries import views
from jobfair.queries.admin.fair.alerts import AnyAlert, UnmetQueue
from jobfair.queries.admin.fair.overview import Figures
from jobfair.queries.admin.roster import ManagedCompany
from jobfair.queries.admin.team import Member
from jobfair.queries.fair.messages import Message
from jobfair.queries.projections.company_directory import Listed
from jobfair.queries.stand.notes import Met
from jobfair.queries.student.company_rows import Row
from jobfair.queries.views import (
    CompanyProfile,
    CompanyView,
    Dashboard,
    Place,
    Stand,
    StandEntry,
    StudentView,
)
from jobfair.services.queues.queues import NewPlace
from jobfair.web.urls import link_to
from jobfair.wording.queues import stands as stand_words
from jobfair.wording.queues import turns


def student(view: StudentView) -> Student:
    company = view.company
    return Student(
        id=view.id,
        user=_account(view),
        first_name=view.first_name,
        last_name=view.last_name,
        full_name=view.full_name,
        status=view.status,
        current_company=None if company is None else NamedCompany(id=company[0], name=company[1]),
        address_confirmed=view.address_confirmed_at is not None,
        active=view.active,
    )


def student_and_entries(page: Dashboard) -> StudentAndEntries:
    return StudentAndEntries(
        **dict(student(page.student)), entries=[own_entry(page, place) for place in page.places]
    )


def registered(view: StudentView) -> Registered:
    return Registered(
        **dict(_account(view)),
        student=_brief_student(view),
        address_confirmed=view.address_confirmed_at is not None,
    )


def signed_in(user: Account, view: StudentView | None) -> SignedIn:
    """Who asks, with their student unless they are an admin."""
    student = None if view is None else _brief_student(view)
    return SignedIn(**dict(user), user=user, student=student)


def _account(view: StudentView) -> Account:
    return Account(id=view.user_id, email=view.email, role=Role.STUDENT)


def _brief_student(view: StudentView) -> BriefStudent:
    return BriefStudent(
        id=view.id, first_name=view.first_name, last_name=view.last_name, status=view.status
    )


def listed_company(listed: Listed) -> ListedCompany:
    view, profile = listed.company, listed.entry.profile
    return ListedCompany(
        id=view.id,
        **_of_company(ListedCompany, view, profile),
        available_slots=view.free_slots,
        queue_count=view.waiting,
        queue_open=view.queue_open,
        logo=logo_addresses(view.id, profile.logo),
        door_sign=_door_sign(view),
    )


def _door_sign(view: CompanyView) -> SignShown | None:
    if view.sign is None or view.sign_until is None:
        return None
    return SignShown(sign=view.sign, text=view.sign_text, until=view.sign_until)


def logo_addresses(company_id: int, digest: str | None) -> LogoAddresses | None:
    if digest is None:
        return None
    of_size = partial(link_to, "logos.file", company_id=company_id, digest=digest)
    return LogoAddresses(small=of_size(size="small"), large=of_size(size="large"))


def queue_set(view: CompanyView, is_open: bool) -> QueueSet:
    """What is said of a queue that was opened or closed."""
    words = stand_words.queue_opened if is_open else stand_words.queue_closed
    return QueueSet(message=words(current_phase(), view.recruiting), queue_open=is_open)


def _of_company(
    shape: type[Shape], *known: CompanyView | CompanyProfile | ManagedCompany
) -> dict[str, Any]:
    """The fields of a company that a shape has, by what JSON calls them."""
    return {
        each.json_name: next(getattr(of, each.name) for of in known if hasattr(of, each.name))
        for each in IN_JSON
        if each.json_name in shape.model_fields
    }


def own_entry(page: Dashboard, place: Place) -> OwnEntry:
    company = place.company
    return OwnEntry(
        id=place.id,
        company=CompanyOfEntry(
            id=company.id,
            **_of_company(CompanyOfEntry, company),
            door_sign=_door_sign(company),
        ),
        position=place.position,
        is_completed=place.state is EntryState.DONE,
        created_at=place.created_at,
        completed_at=place.completed_at,
        can_start=place.can_start,
        ahead_count=place.ahead,
        reason=turns.reason(page.phase, place),
        wait_minutes=place.wait,
        unlikely=place.hardly_reached(page.phase),
        set_aside=place.aside,
        turn=place.turn,
        called_at=place.called_at,
        coming=place.coming_at is not None,
        held_until=place.held_until,
        runs_out_at=page.call_ends(place),
        started_at=place.started_at,
        undo_until=place.start_undoable_until,
    )


def new_entry(place: NewPlace) -> NewEntry:
    """A place that a student has just taken."""
    return NewEntry(
        id=place.id,
        company=place.company.id,
        student=place.student_id,
        position=place.position,
        is_completed=place.state is EntryState.DONE,
        created_at=place.created_at,
        can_start=place.can_start,
        ahead_count=place.ahead,
        reason=turns.reason(place.phase, place),
    )


def opportunities(page: Dashboard) -> Opportunities:
    """What is not done yet, startable first."""
    running = [] if page.running is None else [page.running]
    return Opportunities(
        student_status=page.student.status,
        can_start_any=bool(page.turns),
        opportunities=[_opportunity(page, place) for place in (*page.waiting, *running)],
    )


def _opportunity(page: Dashboard, place: Place) -> Opportunity:
    return Opportunity(
        queue_id=place.id,
        company_id=place.company.id,
        company_name=place.company.name,
        stand=place.company.stand,
        hall=place.company.hall,
        company_status=place.company.status,
        position=place.position,
        can_start=place.can_start,
        ahead_count=place.ahead,
        reason=turns.reason(page.phase, place),
    )


def next_students(rows: list[StandEntry]) -> NextStudents:
    called = [
        Called(
            queue_id=row.id,
            student_id=row.student_id,
            student_name=row.full_name,
            position=row.position,
        )
        for row in rows
        # A called entry has one.
        if row.position is not None
    ]
    return NextStudents(next_students=called, count=len(called))


def company_dashboard(stand: Stand) -> CompanyDashboard:
    view = stand.company
    # Not validated, as it is ours: that took an eighth of the time of a thousand rows.
    return CompanyDashboard.model_construct(
        company=CompanyOfStand(
            id=view.id,
            **_of_company(CompanyOfStand, view),
            queue_open=view.queue_open,
            current_interview_count=view.running,
            available_slots=view.free_slots,
            door_sign=_door_sign(view),
        ),
        in_interview=[_row(row) for row in stand.in_interview],
        waiting=[_row(row) for row in stand.waiting],
        completed=[_row(row) for row in stand.done],
        stats=StandStats(total_waiting=view.waiting, available_now=stand.callable_count),
        undo_until=stand.undo_until,
    )


def _row(row: StandEntry) -> QueueRow:
    # Literals: of a thousand rows, calls by keyword took twice as long.
    student: QueuedStudent = {
        "id": row.student_id,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "status": row.student_status,
    }
    return {
        "id": row.id,
        "position": row.position,
        "student": student,
        "introduction": _introduction(row.introduction),
        "is_completed": row.state is EntryState.DONE,
        "created_at": row.created_at,
        "called_at": row.called_at,
        "coming": row.coming_at is not None,
        "seen": row.seen,
        "set_aside": row.aside,
        "greyed": row.greyed,
        "started_at": row.started_at,
        "completed_at": row.completed_at,
    }


def _introduction(shown: views.Introduction | None) -> entry_shapes.Introduction | None:
    return None if shown is None else entry_shapes.Introduction(**asdict(shown))


def person_met(met: Met) -> stand_shapes.PersonMet:
    return stand_shapes.PersonMet(
        queue_id=met.id,
        student=account_shapes.NamedStudent(
            id=met.student_id, first_name=met.first_name, last_name=met.last_name
        ),
        started_at=met.started_at,
        completed_at=met.completed_at,
        introduction=_introduction(met.introduction),
        note=None if met.note is None else stand_shapes.Note(**asdict(met.note)),
    )


def company_met(row: Row, place: Place, notes: Mapping[int, str]) -> entry_shapes.CompanyMet:
    return entry_shapes.CompanyMet(
        queue_id=place.id,
        company=NamedCompany(id=row.company.id, name=row.company.name),
        link=row.profile.link,
        started_at=place.started_at,
        completed_at=place.completed_at,
        note=notes.get(row.company.id),
    )


def own_introduction(values: dict[str, Any]) -> entry_shapes.OwnIntroduction:
    """From what `queries.introductions.own` gives."""
    return entry_shapes.OwnIntroduction(**values, shown=values[SHOWN])


def company(managed: ManagedCompany, is_manager: bool = True) -> Company:
    """A company, for who may manage companies with the secret of its link and its contact."""
    view = managed.company
    fields = _of_company(Company, view, managed.profile, managed)
    return Company(
        id=view.id,
        **(fields if is_manager else {**fields, "contact": None}),
        access_token=managed.token if is_manager else None,
        asks_pin=managed.asks_pin,
        link_opened_at=managed.link_opened_at,
        logo=logo_addresses(view.id, managed.profile.logo),
        queue_open=view.queue_open,
        has_left=view.has_left,
        current_interview_count=view.running,
        queue_count=view.waiting,
        created_at=managed.created_at,
    )


def member(found: Member) -> organiser_shapes.Member:
    return organiser_shapes.Member(**_of_member(found))


def invited_member(found: Member, address: str, mailed: bool) -> organiser_shapes.InvitedMember:
    return organiser_shapes.InvitedMember(**_of_member(found), access_url=address, mailed=mailed)


def _of_member(found: Member) -> dict[str, Any]:
    return {
        "id": found.user_id,
        "email": found.email,
        "role": found.role,
        "created_at": found.since,
        "last_sign_in_at": found.signed_in_at,
        "invited_until": found.invited_until,
    }


def overview(figures: Figures) -> Overview:
    return Overview(
        total_students=figures.students,
        active_students=figures.active_students,
        students_in_interview=figures.in_interview,
        total_companies=figures.companies,
        recruiting_companies=figures.recruiting,
        total_queue_entries=figures.entries,
        completed_interviews=figures.done,
    )


def alert(found: AnyAlert) -> organiser_shapes.Alert:
    return organiser_shapes.Alert(
        id=found.key,
        kind=found.kind,
        since=found.since,
        company=getattr(found, "company_id", None),
        company_name=getattr(found, "company_name", None),
        stand=getattr(found, "stand", None),
        hall=getattr(found, "hall", None),
        entry=getattr(found, "entry_id", None),
        student=getattr(found, "student_id", None),
        student_name=getattr(found, "student_name", None),
        webhook=getattr(found, "webhook_id", None),
        host=getattr(found, "host", None),
        forecast=_unmet(found) if isinstance(found, UnmetQueue) else None,
        taken_by=found.taking.email if found.taking else None,
        taken_at=found.taking.at if found.taking else None,
    )


def _unmet(found: UnmetQueue) -> organiser_shapes.Unmet:
    return organiser_shapes.Unmet(
        waiting=found.waiting,
        unmet=found.unmet,
        low=found.low,
        high=found.high,
        more=found.more,
        closes_at=found.closes_at,
        made_at=found.made_at,
    )


def sent_message(found: Message) -> organiser_shapes.SentMessage:
    return organiser_shapes.SentMessage(
        id=found.number,
        at=found.at,
        audience=found.audience,
        text=found.text,
        company=found.company_id,
        student=found.student_id,
        students=None if found.audience is Audience.EVERYONE else found.told,
        withdrawn=found.withdrawn,
    )
