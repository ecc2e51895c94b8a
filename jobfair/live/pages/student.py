"""The pages of a student. On each of them a call is shown."""

from __future__ import annotations

from jobfair.live.dashboard_screen import DashboardScreen
from jobfair.live.page import Audience, Context, LivePage
from jobfair.queries import messages
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.wording import turns

LISTING_PATIENCE_SECONDS = 1.0
"""For what others do in the queues: each of their actions would render the whole list."""

TURNS = {"turns": "student/_turns.html"}
PROOF = {"address": "student/_address.html"}
"""Where the address is proved: on the pages from which queues are joined."""


def _dashboard(student_id: int) -> Context:
    return {"dashboard": places.dashboard(student_id)}


def _compact(student_id: int) -> Context:
    """A page about something else, on which calls are short."""
    dashboard = places.dashboard(student_id)
    return {"dashboard": dashboard, "student": dashboard.student, "compact": True}


def _interview(student_id: int) -> Context:
    return {**_compact(student_id), "alone": True}


def _companies(student_id: int) -> Context:
    listing = places.listing(student_id)
    return {"listing": listing, "dashboard": listing.dashboard, "compact": True}


def _arrival(student_id: int, company_id: int) -> Context:
    company, page = stands.company_by_id(company_id), _compact(student_id)
    dashboard = page["dashboard"]
    place = next((each for each in dashboard.places if each.company.id == company_id), None)
    reason = "" if place is None else turns.reason(dashboard.phase, place)
    return {**page, "company": company, "place": place, "reason": reason}


def _notifications(student_id: int) -> Context:
    return {**_compact(student_id), "notices": messages.notifications(student_id)}


DASHBOARD = LivePage(
    name="dashboard",
    audience=Audience.STUDENT,
    address="/dashboard",
    template="student/dashboard.html",
    regions=TURNS
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
    regions=TURNS
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
    regions=TURNS,
    load=_compact,
)

COMPANIES = LivePage(
    name="companies",
    audience=Audience.STUDENT,
    address="/companies",
    template="student/companies.html",
    regions=TURNS | PROOF | {"companies": "student/_companies.html"},
    load=_companies,
    topics=("companies",),
    patience=LISTING_PATIENCE_SECONDS,
)

ARRIVAL = LivePage(
    name="arrival",
    audience=Audience.STUDENT,
    address="/join/<int:company_id>",
    template="student/arrival.html",
    regions=TURNS | PROOF | {"arrival": "student/_arrival.html"},
    load=_arrival,
    exists=stands.company_by_id,
    # Not the company's own topic, which is for those in its queue.
    topics=("companies",),
    patience=LISTING_PATIENCE_SECONDS,
)

NOTIFICATIONS = LivePage(
    name="notifications",
    audience=Audience.STUDENT,
    address="/notifications",
    template="student/notifications.html",
    regions=TURNS | {"notices": "student/_notices.html"},
    load=_notifications,
)

PROFILE = LivePage(
    name="profile",
    audience=Audience.STUDENT,
    address="/profile",
    template="student/profile.html",
    regions=TURNS,
    load=_compact,
)

ADDRESS = LivePage(
    name="address",
    audience=Audience.STUDENT,
    address="/address",
    template="student/address.html",
    regions=TURNS | PROOF,
    load=_compact,
)

HELP = LivePage(
    name="help",
    audience=Audience.STUDENT,
    address="/help",
    template="student/help.html",
    regions=TURNS,
    load=_compact,
)

PAGES = (DASHBOARD, INTERVIEW, HISTORY, COMPANIES, ARRIVAL, NOTIFICATIONS, PROFILE, ADDRESS, HELP)
