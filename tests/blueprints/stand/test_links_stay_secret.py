"""Somebody who looks over a recruiter's shoulder, or photographs the screen, has no link by it."""

from html.parser import HTMLParser

import pytest

from jobfair.domain.state import CompanyStatus
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.fair.fair import Phase
from jobfair.unit_of_work import actors
from tests.support import factories


class Visible(HTMLParser):
    """The text of a page, with what its fields show and what is read out or shown on hovering."""

    SHOWN = ("title", "alt", "aria-label", "placeholder")

    def __init__(self, page):
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.text += " ".join(given.get(name) or "" for name in self.SHOWN)
        if tag in ("input", "option") and given.get("type") != "hidden":
            self.text += given.get("value") or ""


@pytest.fixture
def techcorp(app):
    company_id = factories.company("TechCorp", slots=2)
    factories.interview(factories.student("Alice"), company_id)
    factories.entry(factories.student("Bob"), company_id)
    return company_id


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("status", list(CompanyStatus))
def test_a_stands_page_never_shows_its_token(client, techcorp, phase, status):
    fair.set_phase(actors.SYSTEM, phase)
    companies.edit(actors.SYSTEM, techcorp, {"status": status})
    token = factories.token(techcorp)
    page = client.get(f"/company/{token}").text
    assert token in page, "it stands in the addresses of forms, which nobody sees"
    assert "TechCorp" in Visible(page).text
    assert token not in Visible(page).text


def test_nor_does_the_answer_to_a_dead_or_mistyped_link(client, techcorp):
    token = factories.token(techcorp)
    companies.regenerate_token(actors.SYSTEM, techcorp)
    for path in (f"/company/{token}", f"/company/{token}/nowhere", f"/welcome/{token}"):
        assert token not in Visible(client.get(path).text).text
