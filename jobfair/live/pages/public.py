"""The pages that need no sign-in: the hall's screen, for a projector, and a company's page."""

from __future__ import annotations

from jobfair.live.directory_screen import CompaniesScreen
from jobfair.live.page import Audience, Context, LivePage
from jobfair.queries.fair import sign_up
from jobfair.queries.public import hall as halls
from jobfair.queries.public import hall_maps
from jobfair.queries.stand import stands
from jobfair.queries.student import directory

PATIENCE_SECONDS = 0.5
COMPANY_PATIENCE_SECONDS = 1.0


def _screen(hall: str, **_link: str) -> Context:
    return {"hall": halls.hall(hall)}


def _company(company_id: int, code: str) -> Context:
    """`code` is the word of the fair, from the poster's address."""
    row, phase = directory.public_company(company_id)
    return {
        "row": row,
        "phase": phase,
        "sign_up": sign_up.rule().mode,
        "code": code,
        "marked": hall_maps.marked(company_id),
    }


HALL = LivePage(
    name="hall_screen",
    audience=Audience.HALL,
    address="/hall/<token>",
    template="public/screen.html",
    regions={"hall": "public/_hall.html"},
    load=_screen,
    options={"hall": ""},
    exists=halls.check,
    topics=("companies",),
    patience=PATIENCE_SECONDS,
)

COMPANY = LivePage(
    name="public_company",
    audience=Audience.PUBLIC,
    address="/companies/<int:company_id>",
    template="public/company.html",
    regions={"company": "public/_company.html"},
    load=_company,
    options={"code": ""},
    exists=stands.company_by_id,
    topics=("companies",),
    patience=COMPANY_PATIENCE_SECONDS,
    screen=CompaniesScreen,
    stream="/live/public/companies/<int:company_id>",
)
"""The page of a company for visitors who are not signed in, at the same address as the students'
page."""

PAGES = (HALL, COMPANY)
