"""The pages of the organisers."""

from __future__ import annotations

from collections.abc import Iterable

from jobfair import clock
from jobfair.live.page import Audience, Context, LivePage, Search
from jobfair.queries.admin import desk, roster
from jobfair.queries.admin.fair import alerts, overview, retention
from jobfair.queries.admin.figures import chart
from jobfair.queries.admin.lists import alerts as alert_list
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.lists import directory, shared_stands
from jobfair.queries.admin.lists import students as student_list
from jobfair.queries.admin.lists.companies import CompanyFilter
from jobfair.queries.admin.students import coming_back, doubles
from jobfair.queries.admin.students.registrations import AccountFilter
from jobfair.queries.fair import messages, profile_editing
from jobfair.queries.projections import interview_counts
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.queries.views import Place, StandEntry
from jobfair.wording.admin import lists, many

PATIENCE_SECONDS = 0.5
OVERVIEW_PATIENCE_SECONDS = 1.0

FOUND_SHOWN = 6
CANDIDATES_SHOWN = 8
AT_DESK_SHOWN = 8
MOST_SHARED_STANDS = 3

LISTS = "/live/admin/lists"
"""The stream of the pages that request their list again after each change."""


def _overview() -> Context:
    return {
        "figures": overview.figures(),
        "retention": retention.retention_period(),
        "alerts": alerts.alerts(),
        "shared_stands": shared_stands.shared_stands()[:MOST_SHARED_STANDS],
        "unopened": alerts.unopened_links(),
        "bars": chart.bars(interview_counts.began_by_quarter(), clock.now()),
        "longest": overview.longest_queues(),
    }


def _alerts(page: int, kind: str, hall: str) -> Context:
    return {
        "listed": alert_list.listed(kind, hall, page),
        "unopened": alerts.unopened_links(),
        "kind": kind,
        "hall": hall,
        "query": _query(kind=kind, hall=hall),
    }


def _found(search: str) -> Context:
    """The first companies and students that a search finds; none for a blank one."""
    return {
        "search": search,
        "companies": directory.first_companies(search, FOUND_SHOWN),
        "students": directory.first_students(search, FOUND_SHOWN),
    }


def _messages() -> Context:
    return {"sent": messages.sent()}


def _companies(
    q: str, page: int, sort: str, state: str, hall: str, sector: str, unopened: bool
) -> Context:
    chosen = CompanyFilter(q, state, hall, sector, unopened)
    return {
        "companies": company_list.companies(chosen, sort, page),
        "chosen": chosen,
        "sort": sort,
        "query": _query(
            q=q, sort=sort, state=state, hall=hall, sector=sector, unopened="1" * unopened
        ),
        "profile_editing": profile_editing.is_allowed(),
        "acts": many.OF_COMPANIES.items(),
        "states": lists.COMPANY_STATES,
    }


def _query(**chosen: object) -> dict[str, object]:
    """The query of an address, without the options that were not chosen."""
    return {name: value or None for name, value in chosen.items()}


def _company(company_id: int, all: bool) -> Context:  # noqa: A002 - as the address calls it
    """Only the start of long lists, unless `all` is set."""
    stand = stands.stand(company_id, stands.ALL if all else stands.FIRST)
    return {
        "stand": stand,
        "managed": roster.company(company_id),
        "losing": _losing_calls(stand.waiting),
        "others_at_stand": shared_stands.others_at_stand(company_id),
    }


def _losing_calls(places: Iterable[StandEntry | Place]) -> dict[int, str]:
    return coming_back.losing_calls([each.id for each in places if each.aside])


def _candidates(search: str) -> Context:
    """The students who may be added to a queue."""
    return {
        "search": search,
        "candidates": directory.first_students(search, CANDIDATES_SHOWN).first,
    }


def _students(
    q: str, page: int, sort: str, state: str, since: int, domain: str, unconfirmed: bool
) -> Context:
    chosen = AccountFilter(since, domain, unconfirmed, state)
    return {
        "page": student_list.students(q, page, chosen, sort),
        "search": q,
        "chosen": chosen,
        "sort": sort,
        "query": _query(
            q=q, sort=sort, state=state, since=since, domain=domain, unconfirmed="1" * unconfirmed
        ),
        "company_names": directory.company_names(),
        "acts": many.OF_STUDENTS.items(),
        "states": lists.STUDENT_STATES,
    }


def _student(student_id: int) -> Context:
    dashboard = places.dashboard(student_id)
    return {
        "dashboard": dashboard,
        "losing": _losing_calls(dashboard.waiting),
        "doubles": doubles.may_be(dashboard.student),
        "company_names": directory.company_names(),
    }


def _desk(q: str) -> Context:
    return {"search": q, "found": desk.found(q, AT_DESK_SHOWN)}


def _at_desk(student_id: int) -> Context:
    day = desk.day(student_id)
    return {
        "day": day,
        "dashboard": day.dashboard,
        "losing": _losing_calls(day.set_aside),
        "company_names": directory.company_names(),
    }


OVERVIEW = LivePage(
    name="overview",
    audience=Audience.ADMIN,
    address="/admin/",
    template="admin/overview.html",
    regions={
        "fair": "admin/_fair.html",
        "alerts": "admin/_alerts.html",
        "figures": "admin/_figures.html",
        "chart": "admin/_chart.html",
        "longest": "admin/_longest.html",
    },
    load=_overview,
    search=Search("q", {"found": "admin/_found.html"}, _found),
    patience=OVERVIEW_PATIENCE_SECONDS,
    ages=True,
    stream="/live/admin/overview",
)

ALERTS = LivePage(
    name="alerts",
    audience=Audience.ADMIN,
    address="/admin/alerts",
    template="admin/alerts.html",
    regions={"alert-list": "admin/_alert_list.html"},
    load=_alerts,
    options={"page": 1, "kind": "", "hall": ""},
    patience=OVERVIEW_PATIENCE_SECONDS,
    ages=True,
)

DESK = LivePage(
    name="desk",
    audience=Audience.ADMIN,
    address="/admin/desk",
    template="admin/desk.html",
    regions={"found": "admin/_desk_found.html"},
    load=_desk,
    options={"q": ""},
    screen=None,
    stream=LISTS,
)

AT_DESK = LivePage(
    name="at_desk",
    audience=Audience.ADMIN,
    address="/admin/desk/<int:student_id>",
    template="admin/at_desk.html",
    regions={
        "person": "admin/_desk_person.html",
        "acts": "admin/_desk_acts.html",
        "day": "admin/_desk_day.html",
    },
    load=_at_desk,
    exists=roster.student,
    patience=PATIENCE_SECONDS,
    ages=True,
)

MESSAGES = LivePage(
    name="messages",
    audience=Audience.ADMIN,
    address="/admin/messages",
    template="admin/messages.html",
    regions={"sent": "admin/_sent.html"},
    load=_messages,
    patience=PATIENCE_SECONDS,
)

COMPANIES = LivePage(
    name="admin_companies",
    audience=Audience.ADMIN,
    address="/admin/companies",
    template="admin/companies.html",
    regions={"companies": "admin/_companies.html"},
    load=_companies,
    options={
        "q": "",
        "page": 1,
        "sort": "",
        "state": "",
        "hall": "",
        "sector": "",
        "unopened": False,
    },
    screen=None,
    stream=LISTS,
)

COMPANY = LivePage(
    name="admin_company",
    audience=Audience.ADMIN,
    address="/admin/companies/<int:company_id>",
    template="admin/company.html",
    regions={
        "company": "admin/_company.html",
        "in-interview": "admin/_in_interview.html",
        "waiting": "admin/_waiting.html",
        "completed": "admin/_completed.html",
    },
    load=_company,
    options={"all": False},
    search=Search("student", {"candidates": "admin/_candidates.html"}, _candidates),
    exists=stands.company_by_id,
    patience=PATIENCE_SECONDS,
)

STUDENTS = LivePage(
    name="admin_students",
    audience=Audience.ADMIN,
    address="/admin/students",
    template="admin/students.html",
    regions={"students": "admin/_students.html"},
    load=_students,
    options={
        "q": "",
        "page": 1,
        "sort": "",
        "state": "",
        "since": 0,
        "domain": "",
        "unconfirmed": False,
    },
    screen=None,
    stream=LISTS,
)

STUDENT = LivePage(
    name="admin_student",
    audience=Audience.ADMIN,
    address="/admin/students/<int:student_id>",
    template="admin/student.html",
    regions={
        "student": "admin/_student.html",
        "override": "admin/_override.html",
        "entries": "admin/_entries.html",
    },
    load=_student,
    exists=roster.student,
    patience=PATIENCE_SECONDS,
)

PAGES = (OVERVIEW, ALERTS, DESK, AT_DESK, MESSAGES, COMPANIES, COMPANY, STUDENTS, STUDENT)
