"""What a stand says to its own queue: who may, who reads it, and how it ends."""

from datetime import timedelta

import pytest

from jobfair import clock
from jobfair.catalogue.audit import changes, sentence
from jobfair.domain.decisions.expiry import CallLength
from jobfair.domain.state import CompanyStatus, Phase
from jobfair.extensions import db
from jobfair.queries.admin.records import audit
from jobfair.queries.admin.records.audit import AuditFilter
from jobfair.queries.stand import stands
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import expiry
from jobfair.unit_of_work import actors
from jobfair.web.pages.responses import FRAGMENTS
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

ENGLISH = {"Accept-Language": "en"}
SCRIPT = {**ENGLISH, "Accept": FRAGMENTS}


@pytest.fixture
def alice(app):
    return factories.student("Alice", "Martin")


@pytest.fixture
def base(techcorp):
    return f"/company/{factories.token(techcorp)}"


@pytest.fixture
def anyone(client):
    return Program(client)


@pytest.fixture
def in_json(techcorp):
    return f"/api/companies/{factories.token(techcorp)}/sign/"


def sign_of(company_id):
    company = stands.company_by_id(company_id)
    return company.sign, company.sign_text


def after(minutes):
    """Time passes, and the clock of the server looks."""
    now = clock.now() + timedelta(minutes=minutes)
    return expiry.pass_time(now, now, CallLength(None))


# At the stand


def test_a_ready_sign_names_its_time_and_is_removed_by_a_tap(client, base, techcorp):
    said = client.post(f"{base}/sign", data={"sign": "back_in_20"}, headers=SCRIPT)
    assert said.status_code == 200
    assert "Back at" in said.text
    assert "Those who wait read it now" in said.text
    assert sign_of(techcorp) == ("back_in_20", None)
    page = client.get(base, headers=ENGLISH).text
    assert f'action="{base}/sign/remove"' in page
    gone = client.post(f"{base}/sign/remove", headers=SCRIPT)
    assert gone.status_code == 200
    assert sign_of(techcorp) == (None, None)
    assert f'action="{base}/sign/remove"' not in client.get(base, headers=ENGLISH).text


def test_without_a_script_it_is_a_form_that_leads_back(client, base, techcorp):
    page = client.get(f"{base}?sign", headers=ENGLISH).text
    assert 'id="door-sign-choice" data-folds open' in page
    assert 'http-equiv="refresh"' not in page
    answer = client.post(
        f"{base}/sign", data={"sign": "own_words", "text": "Room 4"}, headers=ENGLISH
    )
    assert answer.status_code == 303
    assert "Room 4" in client.get(answer.location, headers=ENGLISH).text


def test_own_words_stay_plain_text(client, base, techcorp, alice):
    factories.entry(alice, techcorp)
    said = "<b>Room 4</b> & «là-bas»"
    data = {"sign": "own_words", "text": said}
    assert client.post(f"{base}/sign", data=data, headers=SCRIPT).status_code == 200
    assert sign_of(techcorp) == ("own_words", said)
    alice.sign_in(client)
    for path in (base, "/companies", f"/companies/{techcorp}", "/dashboard"):
        page = client.get(path, headers=ENGLISH).text
        assert "&lt;b&gt;Room 4&lt;/b&gt; &amp; «là-bas»" in page, path
        assert "<b>Room 4" not in page


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "This is required."),
        ("  ", "This is required."),
        ("x" * 81, "At most 80 characters."),
        ("a\u202eb", "This holds characters that cannot be shown."),
    ],
)
def test_wrong_words_are_refused_beside_them_and_stay_typed(client, base, techcorp, text, why):
    data = {"sign": "own_words", "text": text}
    shown = client.post(f"{base}/sign", data=data, headers=ENGLISH)
    assert shown.status_code == 400
    assert why in shown.text
    assert f'value="{text}"' in shown.text
    assert why in client.post(f"{base}/sign", data=data, headers=SCRIPT).text
    assert sign_of(techcorp) == (None, None)


def test_80_characters_are_kept(client, base, techcorp):
    client.post(f"{base}/sign", data={"sign": "own_words", "text": "é" * 80}, headers=SCRIPT)
    assert sign_of(techcorp) == ("own_words", "é" * 80)


def test_after_the_fair_it_is_refused_in_both_languages(client, base, techcorp):
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    for language, why in (("en", "The fair is closed"), ("fr", "Le salon est fermé")):
        headers = {**SCRIPT, "Accept-Language": language}
        answer = client.post(f"{base}/sign", data={"sign": "late"}, headers=headers)
        assert answer.status_code == 400
        assert why in answer.text
    assert "door-sign-own" not in client.get(base, headers=ENGLISH).text


# Who reads it


def test_who_waits_reads_it_in_their_own_language(client, base, techcorp, alice):
    factories.entry(alice, techcorp)
    client.post(f"{base}/sign", data={"sign": "lunch"}, headers=SCRIPT)
    until = stands.company_by_id(techcorp).sign_until
    alice.sign_in(client)
    for path in ("/dashboard", "/companies", f"/companies/{techcorp}"):
        assert "Lunch break, back at" in client.get(path, headers=ENGLISH).text, path
        french = client.get(path, headers={"Accept-Language": "fr"}).text
        assert "Pause déjeuner, de retour à" in french, path
    assert timedelta(minutes=44) < until - clock.now() <= timedelta(minutes=45)


def test_another_stand_shows_nothing_of_it(client, base, techcorp):
    other = factories.company("Globex")
    client.post(f"{base}/sign", data={"sign": "lunch"}, headers=SCRIPT)
    page = client.get(f"/company/{factories.token(other)}", headers=ENGLISH).text
    assert "Lunch break" not in page
    assert sign_of(other) == (None, None)


# How it ends


def test_it_ends_by_its_time_alone(app, client, base, techcorp):
    client.post(f"{base}/sign", data={"sign": "back_in_10"}, headers=SCRIPT)
    after(9)
    assert sign_of(techcorp) == ("back_in_10", None)
    after(10)
    assert sign_of(techcorp) == (None, None)
    assert "run out" in logged(app)


def test_it_ends_when_the_stand_resumes(app, client, base, techcorp):
    client.post(f"{base}/pause", headers=SCRIPT)
    client.post(f"{base}/sign", data={"sign": "back_in_10"}, headers=SCRIPT)
    client.post(f"{base}/resume", headers=SCRIPT)
    assert sign_of(techcorp) == (None, None)
    assert "recruits again" in logged(app)


def test_an_organiser_who_resumes_the_stand_ends_it_too(client, base, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.PAUSED})
    client.post(f"{base}/sign", data={"sign": "back_in_10"}, headers=SCRIPT)
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.RECRUITING})
    assert sign_of(techcorp) == (None, None)


def test_the_log_says_who_said_what(app, client, base):
    client.post(f"{base}/sign", data={"sign": "own_words", "text": "Room 4"}, headers=SCRIPT)
    assert logged(app) == "TechCorp said something to its queue"
    with app.test_request_context(headers=ENGLISH):
        (change,) = changes(audit.page(AuditFilter()).lines[0])
        assert change.after == "Room 4"


def logged(app):
    with app.test_request_context(headers=ENGLISH):
        return str(sentence(audit.page(AuditFilter()).lines[0]))


# Rights and rate


def test_only_the_link_of_the_stand_itself_says_it(client, base, techcorp, alice):
    other = factories.company("Globex")
    alice.sign_in(client)
    client.post(f"/company/{factories.token(other)}/sign", data={"sign": "late"}, headers=SCRIPT)
    assert sign_of(techcorp) == (None, None)
    assert sign_of(other) == ("late", None)
    for link in ("nobodys", base.rpartition("/")[2][:-1]):
        answer = client.post(f"/company/{link}/sign", data={"sign": "late"}, headers=SCRIPT)
        assert answer.status_code == 404
    assert sign_of(techcorp) == (None, None)


class TestWhileItIsCounted:
    @pytest.fixture
    def config(self):
        return {"RATELIMIT_ENABLED": True}

    def test_ten_changes_a_minute_are_enough(self, client, base, in_json, anyone, techcorp):
        for _ in range(5):
            said = client.post(f"{base}/sign", data={"sign": "late"}, headers=SCRIPT)
            assert said.status_code == 200
            assert anyone.delete(in_json).status_code == 204
        assert refused(anyone.put(in_json, {"sign": "late"})) == (429, "too_many")
        told = client.post(f"{base}/sign", data={"sign": "late"}, headers=SCRIPT)
        assert told.status_code == 429
        assert sign_of(techcorp) == (None, None)
        other = factories.token(factories.company("Globex"))
        assert anyone.put(f"/api/companies/{other}/sign/", {"sign": "late"}).status_code == 204


# In JSON


def test_a_program_says_it_reads_it_and_takes_it_back(anyone, in_json, techcorp, alice):
    assert anyone.put(in_json, {"sign": "own_words", "text": " Room  4 "}).status_code == 204
    dashboard = anyone.get(in_json.replace("sign/", ""))
    shown = dashboard.json["company"]["door_sign"]
    assert (shown["sign"], shown["text"]) == ("own_words", "Room 4")
    assert anyone.put(in_json, {"sign": "late", "text": "ignored"}).status_code == 204
    assert sign_of(techcorp) == ("late", None)
    assert anyone.delete(in_json).status_code == 204
    assert anyone.delete(in_json).status_code == 204
    assert anyone.get(in_json.replace("sign/", "")).json["company"]["door_sign"] is None


def test_students_read_it_in_json(client, anyone, in_json, techcorp, alice):
    factories.entry(alice, techcorp)
    anyone.put(in_json, {"sign": "back_in_20"})
    program = Program(client, alice)
    (own,) = program.get("/api/queues/").json
    (listed,) = program.get("/api/companies/").json
    assert own["company"]["door_sign"]["sign"] == listed["door_sign"]["sign"] == "back_in_20"


@pytest.mark.parametrize("given", [{}, {"sign": "own_words"}, {"sign": "gone_fishing"}])
def test_a_program_is_told_what_is_wrong(anyone, in_json, techcorp, given):
    field = "text" if given.get("sign") == "own_words" else "sign"
    assert set(wrong_fields(anyone.put(in_json, given))) == {field}
    assert sign_of(techcorp) == (None, None)


def test_the_database_is_not_given_another_sign(app, techcorp):
    with pytest.raises(Exception, match="doorsign"), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE companies SET sign = 'gone_fishing'")
