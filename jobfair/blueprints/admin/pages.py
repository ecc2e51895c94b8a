"""The organisers' pages, the regions of each, and how they are shown."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from jobfair.db.transactions import revision
from jobfair.live.fragments import Page, replacing
from jobfair.web import responses
from jobfair.web.responses import Shown, wants_fragments
from jobfair.wording.refusals import Voice

OVERVIEW = Page(
    "admin/overview.html",
    {
        "fair": "admin/_fair.html",
        "alerts": "admin/_alerts.html",
        "figures": "admin/_figures.html",
        "chart": "admin/_chart.html",
        "longest": "admin/_longest.html",
    },
)

FOUND = Page(OVERVIEW.template, {"found": "admin/_found.html"})

MESSAGES = Page("admin/messages.html", {"sent": "admin/_sent.html"})

COMPANIES = Page("admin/companies.html", {"companies": "admin/_companies.html"})

COMPANY = Page(
    "admin/company.html",
    {
        "company": "admin/_company.html",
        "in-interview": "admin/_in_interview.html",
        "waiting": "admin/_waiting.html",
        "completed": "admin/_completed.html",
    },
)

CANDIDATES = Page(COMPANY.template, {"candidates": "admin/_candidates.html"})

COMPANY_AND_CANDIDATES = Page(COMPANY.template, {**COMPANY.regions, **CANDIDATES.regions})

STUDENTS = Page("admin/students.html", {"students": "admin/_students.html"})

STUDENT = Page(
    "admin/student.html",
    {
        "student": "admin/_student.html",
        "override": "admin/_override.html",
        "entries": "admin/_entries.html",
    },
)


def answer(shown: Shown, outcome: object, subject: str, message: str) -> Response:
    """The answer to an organiser's action, which is about somebody else."""
    return responses.answer(shown, outcome, subject, message, Voice.ABOUT_ANOTHER)


def show(shown: Shown) -> str:
    """The page; to a script that searches while somebody types, only its regions."""
    if wants_fragments():
        return replacing(shown.page.fragments(shown.load()), revision())
    return shown.render()


def confirmation(title: str, consequences: list[str], button: str, back: str) -> str:
    """A page that asks before something grave, and says what it means for how many people.

    Its button posts to the same address.
    """
    return render_template(
        "admin/confirmation.html",
        title=title,
        consequences=consequences,
        button=button,
        back=back,
    )


def redirect_with_message(message: str, address: str) -> AnyResponse:
    """Off to another page, with words there about what was done."""
    flash(message, "success")
    return redirect(address, 303)
