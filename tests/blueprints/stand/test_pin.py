"""A stand's PIN: asked once on each device, on every way in, and told to nobody."""

import hmac
import logging
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import select

from jobfair.db.transactions import revision
from jobfair.extensions import db
from jobfair.models import Company, IdempotencyKey, JournalRow
from jobfair.queries.stand import stands
from jobfair.security.hashing import passwords
from jobfair.services.access import pins
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from jobfair.web.security.limits.rate_limits import limiter
from tests.blueprints.who_may import Who, calls, sending, world
from tests.support import factories
from tests.support.programs import refused

PIN, WRONG = "4711", "1174"


class Device:
    """A browser at a stand, in English."""

    def __init__(self, app, company_id):
        self.client = app.test_client()
        self.client.set_cookie("kept", "yes")  # It is known to keep cookies.
        self.base = f"/company/{factories.token(company_id)}"

    def get(self, path="", **headers):
        return self.client.get(self.base + path, headers={"Accept-Language": "en", **headers})

    def post(self, path, **form):
        return self.client.post(self.base + path, data=form, headers={"Accept-Language": "en"})

    def give(self, pin=PIN):
        return self.post("/pin", pin=pin)

    def is_asked(self):
        """Whether the link leads to the question instead of the stand."""
        return self.get().location == f"{self.base}/pin"


@pytest.fixture
def with_pin(techcorp):
    pins.set_pin(actors.SYSTEM, techcorp, PIN)
    return techcorp


@pytest.fixture
def tablet(app, with_pin):
    return Device(app, with_pin)


# Asking


def test_a_new_device_is_asked_and_not_told_whose_stand_it_is(tablet):
    asked = tablet.get()
    assert (asked.status_code, asked.location) == (303, f"{tablet.base}/pin")
    page = tablet.get("/pin")
    assert page.status_code == 200
    assert 'inputmode="numeric"' in page.text
    assert 'autocomplete="one-time-code"' in page.text
    assert "TechCorp" not in asked.text + page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_the_right_pin_opens_the_stand_and_the_device_stays_in(tablet):
    given = tablet.give()
    assert (given.status_code, given.location) == (303, tablet.base)
    assert "TechCorp" in tablet.get().text
    assert tablet.post("/pause").location == tablet.base
    assert tablet.get("/pin").location == tablet.base


def test_blanks_between_the_digits_do_no_harm(tablet):
    assert tablet.give(" 47 11 ").location == tablet.base


def test_a_wrong_pin_is_refused_beside_the_field_and_not_shown_again(tablet):
    answer = tablet.give(WRONG)
    assert answer.status_code == 401
    assert 'id="pin-error"' in answer.text
    assert "This is not the stand&#39;s PIN" in answer.text
    assert WRONG not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert tablet.is_asked()


@pytest.mark.parametrize("typed", ["", "471", "471147114", "47a1", "٤٧١١", "4" * 5000])
def test_what_can_be_no_pin_is_said_to_be_none(tablet, typed):
    answer = tablet.give(typed)
    assert answer.status_code == 400
    assert "A PIN is 4 to 8 digits." in answer.text


def test_it_is_asked_in_french_too(tablet):
    page = tablet.get("/pin", **{"Accept-Language": "fr"}).text
    assert "Code PIN du stand" in page


def test_the_cookie_is_out_of_scripts_reach(tablet):
    cookie = tablet.give().headers["Set-Cookie"]
    assert cookie.startswith(f"jobfair_stand_{stands.link(tablet.base[9:]).company.id}=")
    assert all(each in cookie for each in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"))


class TestInProduction:
    @pytest.fixture
    def config(self):
        return {"SESSION_COOKIE_SECURE": True}

    def test_the_cookie_is_bound_to_the_host(self, tablet):
        cookie = tablet.give().headers["Set-Cookie"]
        assert cookie.startswith("__Host-jobfair_stand_")
        assert "Secure" in cookie


# Who is let in


@pytest.fixture
def there(app):
    return world()


def by_link(app):
    """Every call that a company's link opens, but for the question itself."""
    return [c for c in calls(app) if c.who is Who.LINK and not c.endpoint.startswith("pin.")]


def answers_to(app, there, client, headers=None):
    """What each call by link answers to a client, by its endpoint."""
    for call in by_link(app):
        path = there.address(app, call)
        ends = not (call.streams and call.for_programs)
        query = {"once": ""} if call.streams and ends else None
        asked = {"query_string": query, "buffered": ends, **sending(call, headers or {})}
        with client.open(path, **asked) as answer:
            yield call, answer


def test_every_call_by_the_link_asks_first_and_nothing_changes(app, there):
    """Its owner's student, an organiser, and somebody who has given another stand's PIN, too."""
    company_id, other = there.own["company_id"], there.foreign["company_id"]
    pins.set_pin(actors.SYSTEM, company_id, PIN)
    pins.set_pin(actors.SYSTEM, other, PIN)
    strangers = [app.test_client() for _ in range(4)]
    there.alice.sign_in(strangers[1])
    there.admin.sign_in(strangers[2])
    strangers[3].post(f"/company/{there.foreign['link']}/pin", data={"pin": PIN})
    before = revision()
    for client in strangers:
        for call, answer in answers_to(app, there, client):
            if call.for_programs:
                assert refused(answer) == (401, "pin_required"), call
            else:
                assert answer.status_code == 303, call
                assert answer.location == f"/company/{there.own['link']}/pin", call
            assert "TechCorp" not in answer.text
    assert revision() == before
    assert len(by_link(app)) > 15


def test_every_call_by_the_link_is_open_once_the_pin_was_given(app, there):
    pins.set_pin(actors.SYSTEM, there.own["company_id"], PIN)
    client = app.test_client()
    client.post(f"/company/{there.own['link']}/pin", data={"pin": PIN})
    for call, answer in answers_to(app, there, client):
        # A logo is no JSON.
        assert answer.status_code in (200, 204, 303, 400, 415), call
        assert not (answer.location or "").endswith("/pin"), call


def test_one_device_may_look_after_two_stands(app, tablet):
    other = factories.company("Rival")
    pins.set_pin(actors.SYSTEM, other, "2580")
    tablet.give()
    rival = Device(app, other)
    rival.client = tablet.client
    assert rival.is_asked()
    rival.give("2580")
    assert "Rival" in rival.get().text
    assert "TechCorp" in tablet.get().text


def test_the_cookie_of_one_stand_opens_no_other(app, tablet):
    other = factories.company("Rival")
    pins.set_pin(actors.SYSTEM, other, PIN)
    tablet.give()
    _kept, cookie = tablet.client._cookies.values()
    rival = Device(app, other)
    rival.client.set_cookie(f"jobfair_stand_{other}", cookie.value)
    assert rival.is_asked()


@pytest.mark.parametrize("forged", ["", "x", "é", "0" * 64])
def test_an_invented_cookie_opens_nothing(tablet, with_pin, forged):
    tablet.client.set_cookie(f"jobfair_stand_{with_pin}", forged)
    assert tablet.is_asked()


def test_a_devices_proof_is_compared_in_the_same_time_however_much_is_right(
    tablet, with_pin, monkeypatch
):
    compared, compare = [], hmac.compare_digest
    monkeypatch.setattr(
        hmac, "compare_digest", lambda *given: compared.extend(given) or compare(*given)
    )
    tablet.client.set_cookie(f"jobfair_stand_{with_pin}", "0" * 64)
    assert tablet.is_asked()
    assert b"0" * 64 in compared


def test_a_device_that_was_let_in_costs_no_hash(tablet, monkeypatch):
    tablet.give()
    monkeypatch.setattr(passwords, "verify", None)
    assert tablet.get().status_code == 200


@pytest.mark.parametrize("same", [PIN, "2580"], ids=["the same again", "another"])
def test_a_pin_set_anew_is_asked_of_every_device(tablet, with_pin, same):
    tablet.give()
    pins.set_pin(actors.SYSTEM, with_pin, same)
    assert tablet.is_asked()
    assert tablet.give(same).location == tablet.base


def test_with_a_new_link_every_device_is_asked_anew(tablet, with_pin):
    tablet.give()
    companies.regenerate_token(actors.SYSTEM, with_pin)
    assert tablet.get().status_code == 404
    assert tablet.get("/pin").status_code == 404
    tablet.base = f"/company/{factories.token(with_pin)}"
    assert tablet.is_asked()


def test_without_a_pin_the_link_alone_opens_the_stand(app, tablet, with_pin):
    pins.remove_pin(actors.SYSTEM, with_pin)
    assert tablet.get().status_code == 200
    assert tablet.get("/pin").location == tablet.base
    assert tablet.give("anything").location == tablet.base


def test_an_open_page_is_told_to_load_itself_anew(tablet):
    headers = {"Accept": "text/vnd.jobfair.fragments+html"}
    answer = tablet.client.post(f"{tablet.base}/pause", headers=headers)
    assert (answer.status_code, answer.data) == (401, b"")


def test_an_answer_that_was_kept_is_given_to_nobody_without_the_pin(app, tablet, with_pin):
    tablet.give()
    assert tablet.post("/pause", idempotency_key="a key").location == tablet.base
    thief = Device(app, with_pin)
    assert thief.post("/pause", idempotency_key="a key").location == f"{tablet.base}/pin"
    assert tablet.post("/pause", idempotency_key="a key").location == tablet.base


# Programs


@pytest.fixture
def program(client, with_pin):
    """Asks for the stand's dashboard with a PIN, or without."""
    path = f"/api/companies/{factories.token(with_pin)}/"
    return lambda pin=None, **more: client.get(
        path, headers={} if pin is None else {"X-Company-Pin": pin}, **more
    )


def test_a_program_sends_the_pin_as_a_header(program):
    assert refused(program()) == (401, "pin_required")
    assert refused(program(WRONG)) == (401, "wrong_pin")
    assert refused(program("é\x7f")) == (401, "wrong_pin")
    assert program(PIN).json["company"]["name"] == "TechCorp"


def test_a_program_may_send_its_key_too(client, with_pin):
    path = f"/api/companies/{factories.token(with_pin)}/status/"
    headers = {"Idempotency-Key": "a key", "X-Company-Pin": PIN}
    first, again = (
        client.patch(path, json={"status": "paused"}, headers=headers) for _ in range(2)
    )
    assert first.status_code == again.status_code == 200
    del headers["X-Company-Pin"]
    assert refused(client.patch(path, json={"status": "paused"}, headers=headers)) == (
        401,
        "pin_required",
    )


def test_the_header_is_in_the_document(client):
    for path, methods in client.get("/api/openapi.json").json["paths"].items():
        for operation in methods.values():
            named = {each["name"] for each in operation["parameters"]}
            asked = operation.get("security") == [{}, {"pin": []}]
            assert asked == ("token" in named), path


# Guessing


class TestGuessing:
    @pytest.fixture
    def config(self):
        return {"RATELIMIT_ENABLED": True, "TRUSTED_PROXIES": 1}

    @pytest.fixture
    def from_address(self, client, tablet):
        def give(pin, number=1):
            headers = {"X-Forwarded-For": f"192.0.2.{number}", "Accept-Language": "en"}
            return client.post(f"{tablet.base}/pin", data={"pin": pin}, headers=headers)

        return give

    def test_after_five_wrong_ones_there_is_a_pause_in_words(self, from_address):
        assert [from_address(WRONG).status_code for _ in range(5)] == [401] * 5
        answer = from_address(PIN)
        assert answer.status_code == 429
        assert 'id="pin-error"' in answer.text
        assert "Too many wrong PINs." in answer.text
        assert int(answer.headers["Retry-After"]) <= 60

    def test_others_are_not_held_up_by_it(self, app, from_address):
        other = factories.company("Rival")
        pins.set_pin(actors.SYSTEM, other, PIN)
        for _ in range(6):
            from_address(WRONG)
        assert from_address(PIN, number=2).status_code == 303
        assert Device(app, other).give().status_code == 303

    def test_somebody_who_is_in_stays_in(self, tablet, from_address):
        tablet.give()
        for number in range(40):
            from_address(WRONG, number)
        assert tablet.get().status_code == 200

    def test_right_ones_are_never_too_many(self, from_address):
        """A whole stand, and the hall around it, behind one address."""
        assert {from_address(PIN).status_code for _ in range(35)} == {303}

    def test_many_addresses_share_thirty_an_hour(self, from_address):
        statuses = [from_address(WRONG, number).status_code for number in range(31)]
        assert statuses == [401] * 30 + [429]
        assert from_address(PIN, number=99).status_code == 429

    def test_a_new_link_ends_the_pause(self, app, with_pin, from_address):
        for number in range(31):
            from_address(WRONG, number)
        companies.regenerate_token(actors.SYSTEM, with_pin)
        assert Device(app, with_pin).give().status_code == 303

    def test_a_program_is_held_up_alike(self, program):
        assert [refused(program(WRONG))[0] for _ in range(5)] == [401] * 5
        answer = program(PIN)
        assert refused(answer) == (429, "too_many_pins")
        assert answer.headers["Retry-After"]

    def test_what_can_be_no_pin_does_not_count(self, from_address):
        assert [from_address("47").status_code for _ in range(9)] == [400] * 9
        assert from_address(PIN).status_code == 303

    def test_sent_all_at_once_they_are_tried_one_after_the_other(self, from_address, monkeypatch):
        """Or all of them would be looked at before the first has counted."""
        tried, statuses = [], []

        def verify(*given):
            tried.append(given)
            sleep(0.02)  # About as long as a hash takes.

        monkeypatch.setattr(passwords, "verify", verify)

        def guess():
            statuses.append(from_address(WRONG).status_code)

        threads = [Thread(target=guess) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(tried) == 5
        assert sorted(statuses) == [401] * 5 + [429] * 15

    def test_where_tries_are_counted_stand_neither_link_nor_address(self, from_address, tablet):
        from_address(WRONG)
        counted = repr(limiter.storage.storage)
        assert "pin-link" in counted
        assert tablet.base.removeprefix("/company/") not in counted
        assert "192.0.2." not in counted


# The organiser


@pytest.fixture
def address(techcorp):
    return f"/admin/companies/{techcorp}"


def test_an_organiser_sets_replaces_and_removes_it(app, organiser, techcorp, address):
    tablet = Device(app, techcorp)
    asks = "Each new device is asked for the stand's PIN."
    assert asks not in organiser.get(address).text
    assert f'href="{address}/pin"' in organiser.get(address).text
    page = organiser.follow(organiser.post(f"{address}/pin", pin=PIN)).text
    assert "Tell it to the stand by word of mouth." in page
    assert asks in page
    assert tablet.is_asked()
    assert "Replace the PIN" in organiser.get(f"{address}/pin").text
    organiser.post(f"{address}/pin", pin="2580")
    assert tablet.give(PIN).status_code == 401
    assert tablet.give("2580").status_code == 303
    page = organiser.follow(organiser.post(f"{address}/pin/remove")).text
    assert asks not in page
    assert "Remove the PIN" not in organiser.get(f"{address}/pin").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "A PIN is 4 to 8 digits."),
        ("123", "A PIN is 4 to 8 digits."),
        ("123456789", "A PIN is 4 to 8 digits."),
        ("abcd", "A PIN is 4 to 8 digits."),
        ("0000", "the first that are tried"),
        ("12345678", "the first that are tried"),
        ("4321", "the first that are tried"),
    ],
)
def test_a_pin_that_is_none_or_too_easy_is_refused_beside_it(organiser, address, typed, words):
    answer = organiser.post(f"{address}/pin", pin=typed)
    assert answer.status_code == 400
    assert 'id="pin-error"' in answer.text
    assert words in answer.text
    assert _hash() is None


def test_it_is_told_by_word_of_mouth_and_stands_on_no_card(organiser, address):
    assert "printed on no card" in organiser.get(f"{address}/pin").text
    organiser.post(f"{address}/pin", pin="90210735")
    for path in (address, f"{address}/pin", f"{address}/links", "/admin/print/links"):
        assert "90210735" not in organiser.get(path).text


def test_it_is_written_down_nowhere(organiser, app, techcorp, address, caplog):
    """Not in the journal, nor a log, nor as the digest of a request that is kept to be repeated."""
    caplog.set_level(logging.DEBUG)
    for _ in range(2):
        organiser.post(f"{address}/pin", pin="90210735", idempotency_key="a key")
    Device(app, techcorp).post("/pin", pin="90210735", idempotency_key="another")
    Device(app, techcorp).post("/pin", pin="10293847", idempotency_key="a third")
    with db.engine.connect() as connection:
        assert connection.execute(select(IdempotencyKey.__table__)).all() == []
        written = repr(connection.execute(select(JournalRow.__table__)).all())
    assert "pin_set" in written
    assert _hash().startswith("$argon2id$")
    for secret in ("90210735", "10293847", _hash()):
        assert secret not in written + caplog.text


def _hash():
    with db.engine.connect() as connection:
        return connection.execute(select(Company.pin_hash)).scalar_one()
