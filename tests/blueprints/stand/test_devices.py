"""Which of a stand's devices did something: its letter, and who reads it."""

import pytest
from flask import current_app

from jobfair.feed import journal
from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.queries.stand import stands
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from tests.support import factories


class Tablet:
    """A browser of its own at a stand, in English."""

    def __init__(self, token):
        self.client = current_app.test_client()
        self.base = f"/company/{token}"

    def get(self, path=""):
        return self.client.get(self.base + path, headers={"Accept-Language": "en"})

    def post(self, path):
        return self.client.post(f"{self.base}/{path}", headers={"Accept-Language": "en"})


@pytest.fixture
def token(techcorp):
    return factories.token(techcorp)


@pytest.fixture
def tablets(token):
    """Two that have opened the link, one after the other."""
    opened = [Tablet(token), Tablet(token)]
    for each in opened:
        assert each.get().status_code == 200
    return opened


@pytest.fixture
def called(techcorp):
    return factories.entry(factories.student("Alice"), techcorp)


def devices():
    """The letters of those who did what, as the journal has them."""
    return [(row.kind, row.device) for row in journal.since(0)[1] if row.actor == "company"]


def test_each_device_gets_the_next_letter_and_keeps_it(tablets, techcorp):
    first, second = tablets
    first.get(), first.get()
    first.post("pause"), second.post("resume")
    assert [device for _, device in devices()] == ["A", "B"]
    assert stands.link(factories.token(techcorp)).devices == 2


def test_a_new_link_begins_anew(tablets, techcorp):
    first, second = tablets
    token = companies.regenerate_token(actors.SYSTEM, techcorp)
    for each in (second, first):
        each.base = f"/company/{token}"
    second.post("pause"), second.get(), first.get(), first.post("resume"), second.post("pause")
    assert [device for _, device in devices()] == [None, "B", "A"]


def test_nobody_gives_themself_a_letter(tablets, techcorp):
    first, _ = tablets
    name = f"jobfair_device_{techcorp}"
    proof = first.client.get_cookie(name).value.partition(".")[2]
    for forged in (f"B.{proof}", "B.", "B", ".", "", "é.é"):
        first.client.set_cookie(name, forged)
        first.post("pause"), first.post("resume")
    assert {device for _, device in devices()} == {None}


def test_the_cookie_is_out_of_scripts_reach(token, techcorp):
    cookie = Tablet(token).get().headers["Set-Cookie"]
    assert cookie.startswith(f"jobfair_device_{techcorp}=A.")
    assert all(each in cookie for each in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"))


def test_another_stands_letter_counts_for_nothing(tablets, techcorp):
    rival = factories.company("Rival")
    stranger = Tablet(factories.token(rival))
    value = tablets[0].client.get_cookie(f"jobfair_device_{techcorp}").value
    stranger.client.set_cookie(f"jobfair_device_{rival}", value)
    stranger.post("pause")
    assert devices() == [("company_status_changed", None)]


def test_after_z_there_is_none(token, techcorp):
    for _ in companies.LETTERS:
        companies.give_letter(actors.company(techcorp), token)
    late = Tablet(token)
    assert late.get().status_code == 200
    assert late.client.get_cookie(f"jobfair_device_{techcorp}") is None
    assert companies.give_letter(actors.company(techcorp), token) is None
    late.post("pause")
    assert devices() == [("company_status_changed", None)]


def test_a_page_that_is_asked_for_again_writes_nothing(tablets, stays):
    before = stays()
    tablets[0].get()
    assert stays() == before


def test_the_organisers_log_names_the_tablet(tablets):
    tablets[1].post("pause")
    (told,) = audit.page(AuditFilter(actors=frozenset({"company"}))).lines
    assert told.device == "B"
    boss = current_app.test_client()
    factories.admin().sign_in(boss)
    assert "Stand, tablet B" in boss.get("/admin/audit", headers={"Accept-Language": "en"}).text


# What the rows say


def test_the_row_says_on_which_tablet(tablets, called):
    first, second = tablets
    second.post(f"queues/{called}/start/")
    assert "Started on tablet B" in first.get().text
    first.post(f"queues/{called}/complete/")
    page = second.get().text
    assert "Tablet A" in page
    assert "Started on tablet" not in page


def test_who_did_not_come_is_said_on_which_tablet(tablets, called):
    tablets[1].post(f"queues/{called}/absent/")
    assert "Tablet B" in tablets[0].get().text


def test_after_a_minute_it_is_no_news(tablets, called, time):
    tablets[1].post(f"queues/{called}/absent/")
    time.pass_(minutes=1)
    assert "Tablet B" not in tablets[0].get().text


def test_a_single_tablet_sees_no_letter(token, called):
    only = Tablet(token)
    only.get()
    only.post(f"queues/{called}/start/")
    assert "ablet A" not in only.get().text
