"""A student proves their address, on the pages from which queues are joined."""

import re

import pytest

from jobfair.services import mail
from jobfair.web.pages.responses import FRAGMENTS
from tests.support import factories
from tests.support.factories import PASSWORD

ENGLISH = {"Accept-Language": "en"}
NEW = {
    "first_name": "Ana",
    "last_name": "Lima",
    "email": "ana@example.org",
    "password": PASSWORD,
}
ASKED = "Confirm your e-mail address"


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """Mail is set up: what was sent, as (to, subject, text)."""
    sent = []
    monkeypatch.setattr(mail, "is_configured", lambda: True)
    monkeypatch.setattr(mail, "send_soon", lambda *each: sent.append(each))
    return sent


@pytest.fixture
def ana(client, sent):
    """Somebody who registers on the page, and stays signed in."""
    assert client.post("/register", data=NEW, headers=ENGLISH).status_code == 303
    return client


def code_in(sent):
    return re.search(r"\b(\d{6})\b", sent[-1][2])[1]


def post(client, path, page="/dashboard", **form):
    headers = {**ENGLISH, "Referer": f"http://localhost{page}"}
    csrf = client.get_cookie("jobfair_csrf")
    headers["X-CSRF-Token"] = csrf.value if csrf else ""
    return client.post(path, data=form, headers=headers)


def test_from_registering_to_the_first_join(ana, sent, techcorp):
    (to, subject, text) = sent[0]
    code = code_in(sent)
    assert to == "ana@example.org"
    assert subject == f"{code} is your code"
    assert "ten minutes" in text
    assert ASKED in ana.get("/companies", headers=ENGLISH).text
    page = ana.get(post(ana, f"/companies/{techcorp}/join", "/companies").location, headers=ENGLISH)
    assert "Confirm your e-mail address first" in page.text
    answer = post(ana, "/address/confirmation", "/companies", code=f" {code[:3]} {code[3:]}")
    assert answer.location == "/companies"
    page = ana.get("/companies", headers=ENGLISH).text
    assert "Your address is confirmed" in page
    assert ASKED not in page
    joined = post(ana, f"/companies/{techcorp}/join", "/companies")
    assert "Registered at position 1" in ana.get(joined.location, headers=ENGLISH).text


def test_who_came_from_a_poster_has_joined_once_the_address_is_proved(client, sent, techcorp):
    company = f"/companies/{techcorp}"
    answer = client.post("/register", data=NEW | {"join": techcorp, "next": company})
    page = client.get(answer.location, headers=ENGLISH).text
    assert ASKED in page
    assert 'class="refusal"' not in page
    answer = post(client, "/address/confirmation", company, code=code_in(sent))
    page = client.get(answer.location, headers=ENGLISH).text
    assert answer.location == company
    assert "Registered at TechCorp. It&#39;s your turn. Position 1," in page
    assert "Registered at position 1" in page


def test_the_wish_of_who_was_there_before_is_nobody_elses(client, sent, techcorp):
    client.post("/register", data=NEW | {"join": techcorp})
    client.post("/register", data=NEW | {"email": "bo@example.org"})
    post(client, "/address/confirmation", code=code_in(sent))
    assert "nobody waiting" in client.get(f"/companies/{techcorp}", headers=ENGLISH).text


@pytest.mark.parametrize("page", ["/dashboard", "/companies", "/address"])
@pytest.mark.parametrize(
    ("code", "sentence"),
    [("000", "The code is six digits."), ("wrong", ""), ("another", "You can try 4 more times.")],
)
def test_a_refused_code_stands_in_its_field_with_the_reason(ana, sent, page, code, sentence):
    typed = f"{(int(code_in(sent)) + 1) % 10**6:06}" if code == "another" else code
    answer = post(ana, "/address/confirmation", page, code=typed)
    assert answer.status_code == 400
    assert f'value="{typed}"' in answer.text
    assert 'id="code-error"' in answer.text
    assert sentence in answer.text


def test_a_script_gets_the_region_alone(ana, sent):
    headers = {**ENGLISH, "Accept": FRAGMENTS, "Referer": "http://localhost/dashboard"}
    headers["X-CSRF-Token"] = ana.get_cookie("jobfair_csrf").value
    wrong = f"{(int(code_in(sent)) + 1) % 10**6:06}"
    answer = ana.post("/address/confirmation", data={"code": wrong}, headers=headers)
    assert answer.status_code == 400
    assert "<html" not in answer.text
    assert "You can try 4 more times." in answer.text


def test_a_new_code_is_sent_each_minute(ana, sent, time):
    post(ana, "/address/code")
    page = ana.get("/dashboard", headers=ENGLISH).text
    assert "mailed less than a minute ago" in page
    assert len(sent) == 1
    time.pass_(minutes=1)
    post(ana, "/address/code")
    assert "The code is on its way" in ana.get("/dashboard", headers=ENGLISH).text
    assert len(sent) == 2
    assert post(ana, "/address/confirmation", code=code_in(sent)).status_code == 303


def test_another_address_is_proved_by_a_code_of_its_own(ana, sent):
    answer = post(ana, "/address", email="other@example.org", current_password=PASSWORD)
    assert answer.status_code == 303
    assert [each[0] for each in sent] == ["ana@example.org", "other@example.org"]
    assert "other@example.org" in ana.get("/address").text
    assert post(ana, "/address/confirmation", code=code_in(sent)).status_code == 303


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("nobody", PASSWORD, "email"),
        ("taken@example.org", PASSWORD, "email"),
        ("other@example.org", "another password", "current_password"),
    ],
)
def test_a_refused_address_stands_in_its_field(ana, sent, email, password, field):
    factories.student("Taken", email="taken@example.org")
    answer = post(ana, "/address", "/address", email=email, current_password=password)
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert f'value="{email}"' in answer.text
    assert len(sent) == 1


def test_programs_prove_it_too(client, sent, techcorp):
    made = client.post("/api/auth/register/", json=NEW).json
    assert made["address_confirmed"] is False
    given = {"email": NEW["email"], "password": PASSWORD}
    access = client.post("/api/auth/login/", json=given).json["access"]
    as_ana = {"Authorization": f"Bearer {access}", **ENGLISH}
    join = {"json": {"company": techcorp}, "headers": as_ana}
    assert client.post("/api/queues/", **join).json["code"] == "address_not_confirmed"
    again = client.post("/api/auth/address/code/", headers=as_ana)
    assert (again.status_code, again.json["code"]) == (429, "address_code_sent")
    code = {"code": code_in(sent)}
    me = client.post("/api/auth/address/confirm/", json=code, headers=as_ana).json
    assert me["address_confirmed"] is True
    assert client.post("/api/queues/", **join).status_code == 201
    change = {"email": "other@example.org", "current_password": PASSWORD}
    me = client.patch("/api/auth/address/", json=change, headers=as_ana).json
    assert (me["user"]["email"], me["address_confirmed"]) == ("other@example.org", False)


def test_the_mail_speaks_the_language_of_the_page(client, sent):
    client.post("/register", data=NEW, headers={"Accept-Language": "fr"})
    assert "est votre code" in sent[0][1]


class TestTooOften:
    @pytest.fixture
    def config(self):
        return {"RATELIMIT_ENABLED": True}

    def test_a_mailbox_is_not_filled(self, ana, sent, time):
        for _ in range(6):
            time.pass_(minutes=2)
            assert post(ana, "/address/code").status_code == 303
        time.pass_(minutes=2)
        assert post(ana, "/address/code").status_code == 429
        assert len(sent) == 7


class TestWithoutMail:
    @pytest.fixture(autouse=True)
    def no_mail(self, sent, monkeypatch):
        monkeypatch.setattr(mail, "is_configured", lambda: False)

    def test_nothing_is_asked_and_queues_are_joined(self, ana, sent, techcorp):
        assert ASKED not in ana.get("/companies", headers=ENGLISH).text
        joined = post(ana, f"/companies/{techcorp}/join", "/companies")
        assert "Registered at position 1" in ana.get(joined.location, headers=ENGLISH).text
        assert sent == []

    def test_having_a_code_sent_is_refused_in_words(self, ana):
        post(ana, "/address/code")
        assert "No mail is sent here" in ana.get("/dashboard", headers=ENGLISH).text

    def test_organisers_see_it_and_confirm_at_the_desk(self, organiser):
        ana = factories.student("Ana", confirmed=False)
        bob = factories.student("Bob")
        address = f"/admin/students/{ana.student_id}"
        assert "Not confirmed" in organiser.get(address).text
        assert organiser.look("/admin/students").text.count("Not confirmed") == 1
        page = organiser.follow(organiser.at(address).post(f"{address}/address/confirm"))
        assert "Address confirmed" in page.text
        assert "Not confirmed" not in page.text
        assert "Not confirmed" not in organiser.get(f"/admin/students/{bob.student_id}").text
        log = organiser.get("/admin/audit").text
        assert "was confirmed at the desk" in log
