"""A company's own figures, by its link: the report's, and nobody's name."""

import re
from datetime import UTC, datetime, timedelta

from jobfair import clock
from jobfair.queries.admin.figures.statistics import of_company
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work import actors
from tests.support import factories

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""In Paris."""


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.text)).replace("\xa0", " ")


def test_its_own_figures_are_those_of_the_report_and_name_nobody(client, app):
    with clock.at(NINE):
        company_id, rival = factories.company("TechCorp", slots=2), factories.company("Rival")
        met, absent = factories.student("Alizée", "Zut"), factories.student("Boniface", "Zut")
        entry, missed = (factories.entry(each, company_id) for each in (met, absent))
        factories.interview(factories.student("Celeste", "Zut"), rival)
    with clock.at(NINE + timedelta(minutes=5)):
        interviews.start(met.actor, entry)
        queues.absent(actors.company(company_id), missed)
    with clock.at(NINE + timedelta(minutes=20)):
        interviews.complete(actors.company(company_id), entry)
    link = f"/company/{factories.token(company_id)}"
    page = client.get(f"{link}/figures", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    said = text(page)
    assert of_company(company_id).done == 1
    for figure in ("interviews done 1", "mean length 15 min 00 s", "no-shows 1"):
        assert figure in said
    assert "23 Nov 9:00 1 5 min 00 s" in said
    for name in ("Alizée", "Boniface", "Celeste", "Zut", "Rival"):
        assert name not in said
    assert f'href="{link}/figures"' in client.get(f"{link}/met").text


def test_before_the_fair_it_says_so(client, app):
    link = f"/company/{factories.token(factories.company())}"
    page = client.get(f"{link}/figures", headers={"Accept-Language": "en"})
    assert "No interview has begun yet." in page.text
    assert client.get("/company/nosuchlink/figures").status_code == 404
