"""The pages of a student. On each of them a call is shown."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jobfair.live.dashboard_screen import DashboardScreen
from jobfair.live.directory_screen import CompaniesScreen, DirectoryScreen, row_of
from jobfair.live.page import Audience, Context, LivePage, Rows
from jobfair.queries.fair import messages
from jobfair.queries.public import hall_maps
from jobfair.queries.stand import stands
from jobfair.queries.student import directory, instead, places
from jobfair.queries.student.chosen import Chosen
from jobfair.wording.queues import turns

LISTING_PATIENCE_SECONDS = 1.0
"""How long changes by others in the queues may wait: each would render the whole list."""

ON_EVERY_PAGE = {
    "unread": "student/_unread.html",
    "messages": "student/_messages.html",
    "turns": "student/_turns.html",
}
"""The regions of every page: messages of the organisers, and calls."""

PROOF = {"address": "student/_address.html"}
"""The region in which the address is proved, on the pages from which queues are joined."""


AWAY = {"away": "student/_away.html"}
"""The region that says that nobody on a break is called, where queues are joined and planned."""


def _dashboard(student_id: int) -> Context:
    dashboard = places.dashboard(student_id)
    return {"dashboard": dashboard, "instead": instead.instead(dashboard)}


def _compact(student_id: int) -> Context:
    """A page about something else, on which calls are short."""
    dashboard = places.dashboard(student_id)
    return {"dashboard": dashboard, "student": dashboard.student, "compact": True}


def _interview(student_id: int) -> Context:
    return {**_compact(student_id), "alone": True}


def _companies(student_id: int, **chosen: Any) -> Context:
    found = directory.directory(student_id, Chosen(**chosen))
    return {"directory": found, "dashboard": found.dashboard, "compact": True}


def _company(student_id: int, company_id: int) -> Context:
    dashboard, row = directory.company(student_id, company_id)
    reason = "" if row.place is None else turns.reason(dashboard.phase, row.place)
    marked = hall_maps.marked(company_id)
    return {
        "dashboard": dashboard,
        "compact": True,
        "row": row,
        "reason": reason,
        "marked": marked,
        "instead": instead.instead(dashboard),
    }


def _day(student_id: int) -> Context:
    day = directory.day(student_id)
    return {"day": day, "dashboard": day.dashboard, "compact": True}


def _notifications(student_id: int) -> Context:
    return {**_compact(student_id), "notices": messages.notifications(student_id)}


DASHBOARD = LivePage(
    name="dashboard",
    audience=Audience.STUDENT,
    address="/dashboard",
    template="student/dashboard.html",
    regions=ON_EVERY_PAGE
    | PROOF
    | {
        "running": "student/_running.html",
        "status": "student/_status.html",
        "queues": "student/_queues.html",
        "done": "student/_done.html",
    },
    load=_dashboard,
    ages=True,
    screen=DashboardScreen,
)

INTERVIEW = LivePage(
    name="interview",
    audience=Audience.STUDENT,
    address="/interview",
    template="student/interview.html",
    regions=ON_EVERY_PAGE
    | {
        "running": "student/_running.html",
        "next": "student/_next.html",
        "status": "student/_status.html",
    },
    load=_interview,
)

HISTORY = LivePage(
    name="history",
    audience=Audience.STUDENT,
    address="/history",
    template="student/history.html",
    regions=ON_EVERY_PAGE,
    load=_compact,
)

COMPANIES = LivePage(
    name="companies",
    audience=Audience.STUDENT,
    address="/companies",
    template="student/companies.html",
    regions=ON_EVERY_PAGE
    | PROOF
    | AWAY
    | {"choices": "student/_choices.html", "companies": "student/_companies.html"},
    load=_companies,
    options=asdict(Chosen()),
    topics=("companies",),
    patience=LISTING_PATIENCE_SECONDS,
    screen=DirectoryScreen,
    rows=Rows("companies", row_of),
)

COMPANY = LivePage(
    name="student_company",
    audience=Audience.STUDENT,
    address="/companies/<int:company_id>",
    template="student/company.html",
    regions=ON_EVERY_PAGE | PROOF | AWAY | {"company": "student/_company.html"},
    load=_company,
    exists=stands.company_by_id,
    # Not the company's own topic, which is for those in its queue.
    topics=("companies",),
    patience=LISTING_PATIENCE_SECONDS,
    screen=CompaniesScreen,
)

DAY = LivePage(
    name="day",
    audience=Audience.STUDENT,
    address="/my-day",
    template="student/day.html",
    regions=ON_EVERY_PAGE | AWAY | {"day": "student/_day.html"},
    load=_day,
    topics=("companies",),
    patience=LISTING_PATIENCE_SECONDS,
    screen=CompaniesScreen,
)

NOTIFICATIONS = LivePage(
    name="notifications",
    audience=Audience.STUDENT,
    address="/notifications",
    template="student/notifications.html",
    regions=ON_EVERY_PAGE | {"notices": "student/_notices.html"},
    load=_notifications,
)

PROFILE = LivePage(
    name="profile",
    audience=Audience.STUDENT,
    address="/profile",
    template="student/profile.html",
    regions=ON_EVERY_PAGE,
    load=_compact,
)

ADDRESS = LivePage(
    name="address",
    audience=Audience.STUDENT,
    address="/address",
    template="student/address.html",
    regions=ON_EVERY_PAGE | PROOF,
    load=_compact,
)

HELP = LivePage(
    name="help",
    audience=Audience.STUDENT,
    address="/help",
    template="student/help.html",
    regions=ON_EVERY_PAGE,
    load=_compact,
)

PAGES = (
    DASHBOARD,
    INTERVIEW,
    HISTORY,
    COMPANIES,
    COMPANY,
    DAY,
    NOTIFICATIONS,
    PROFILE,
    ADDRESS,
    HELP,
)
