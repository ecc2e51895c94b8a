"""The stands' links through JSON: who has not opened theirs, taking them away, and by mail."""

import pytest

from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.services import mail
from jobfair.web.security.stand import stand_pins
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

LINKS = "/api/admin/links/"
MAILS = "/api/admin/link_mails/"
WORDS = {"whom": "all", "subject": "{company} at the fair", "text": "Here: {link}"}


@pytest.fixture
def organiser(client):
    return Program(client, factories.admin())


@pytest.fixture
def mailed(monkeypatch):
    monkeypatch.setattr(mail, "is_configured", lambda: True)


def log():
    return [entry.kind for entry in audit.each(AuditFilter())]


def test_who_has_not_opened_their_link_is_listed_without_links(organiser, client):
    opened, unopened = factories.company("TechCorp"), factories.company("Rival")
    token = factories.token(opened)
    client.get(f"/company/{token}")
    answer = organiser.get(LINKS)
    assert [each["company"] for each in answer.json] == [unopened, opened]
    assert token not in answer.text
    missing = organiser.get(LINKS, query_string={"unopened": "true"}).json
    assert [(each["company"], each["opened"]) for each in missing] == [(unopened, False)]


def test_taking_the_links_away_is_in_the_log(organiser):
    company_id = factories.company("TechCorp", contact="hr@techcorp.example")
    (taken,) = organiser.post(LINKS).json
    assert taken["access_url"].endswith(factories.token(company_id))
    assert (taken["contact"], taken["pin"]) == ("hr@techcorp.example", None)
    assert log().count("links_taken") == 1


def test_each_stand_without_a_pin_gets_one(organiser, client):
    token = factories.token(factories.company("TechCorp"))
    (given,) = organiser.post(f"{LINKS}pins/").json
    address = f"/api/companies/{token}/"
    assert refused(client.get(address))[1] == "pin_required"
    assert client.get(address, headers={stand_pins.HEADER: given["pin"]}).status_code == 200
    assert organiser.post(f"{LINKS}pins/").json == []
    assert organiser.get(LINKS).json[0]["asks_pin"] is True


def test_the_mail_is_shown_as_a_company_gets_it_then_sent(organiser, mailed):
    company_id = factories.company("TechCorp", contact="hr@techcorp.example")
    factories.company("Rival")
    shown = organiser.post(f"{MAILS}preview/", WORDS).json
    assert shown["subject"] == "TechCorp at the fair"
    assert factories.token(company_id) in shown["text"]
    assert [each["name"] for each in shown["recipients"]] == ["TechCorp"]
    assert [each["name"] for each in shown["without_address"]] == ["Rival"]
    sending = {**WORDS, "asked_at": shown["asked_at"]}
    sent = organiser.post(MAILS, sending)
    assert (sent.status_code, sent.json) == (202, {"mails": 1, "left": []})
    assert organiser.post(MAILS, sending).json == {"mails": 0, "left": ["TechCorp"]}
    (queued,) = organiser.get(MAILS).json["mails"]
    assert (queued["company"], queued["state"]) == (company_id, "waiting")
    assert organiser.post(f"{MAILS}stop/").json["updated"] == 1
    assert organiser.get(MAILS).json["mails"] == []


def test_a_mail_without_the_link_is_refused(organiser, mailed):
    factories.company("TechCorp", contact="hr@techcorp.example")
    answer = organiser.post(f"{MAILS}preview/", {**WORDS, "text": "Come", "whom": "friends"})
    assert wrong_fields(answer) == {"text", "whom"}


def test_where_nobody_has_an_address_there_is_nothing_to_show(organiser, mailed):
    factories.company("TechCorp")
    assert wrong_fields(organiser.post(f"{MAILS}preview/", WORDS)) == {"whom"}


def test_where_no_mail_is_sent_that_is_said(organiser):
    answer = organiser.post(MAILS, {**WORDS, "asked_at": 0})
    assert refused(answer) == (400, "no_mail_server")
    assert organiser.get(MAILS).json["sends"] is False
