"""The page to register, for each of the organisers' settings, and how often a word may be wrong."""

import pytest

from jobfair.services.companies import companies
from jobfair.services.fair import sign_up
from jobfair.unit_of_work.actors import SYSTEM
from tests.support.factories import PASSWORD

ENGLISH = {"Accept-Language": "en"}
NEW = {
    "first_name": "Ana",
    "last_name": "Lima",
    "email": "ana@example.org",
    "password": PASSWORD,
}
MODES = {
    "code": ({"sign_up": "code"}, {"code": "wrong"}, "code", "This is not the word of the fair"),
    "domains": (
        {"sign_up": "domains", "sign_up_domains": "univ.fr"},
        {},
        "email",
        "Give an address of the school: univ.fr",
    ),
    "invited": ({"sign_up": "invited"}, {}, None, "Only invited people take part"),
}


def set_to(**changes):
    assert sign_up.set_sign_up(SYSTEM, changes) is None


@pytest.fixture
def word(app):
    set_to(sign_up="code")
    sign_up.set_word(SYSTEM, "Pivoine 42")
    return "pivoine42"


def register(client, **more):
    return client.post("/register", data=NEW | more, headers=ENGLISH)


@pytest.mark.parametrize("mode", MODES)
def test_a_refusal_stands_at_its_field_and_what_was_typed_is_kept(client, mode):
    changes, more, field, sentence = MODES[mode]
    set_to(**changes)
    answer = register(client, **more)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert field is None or f'id="{field}-error"' in answer.text
    for value in ("Ana", "Lima", "ana@example.org", *more.values()):
        assert f'value="{value}"' in answer.text
    assert PASSWORD not in answer.text


RULE = "8 to 128 characters. No common password, and none made of a name or an address."
AGAIN = "Type it again: a password is never sent back. The rest is kept."


def test_the_rule_of_a_password_stands_there_before_it_is_sent(app, client, alice):
    form = client.get("/register", headers=ENGLISH).text
    assert RULE in form
    assert AGAIN not in form
    alice.sign_in(client)
    assert RULE in client.get("/profile", headers=ENGLISH).text


@pytest.mark.parametrize("refused", [{"password": "motdepasse"}, {"email": "nobody"}])
def test_that_a_password_has_to_be_typed_again_is_said(client, refused):
    answer = register(client, **refused)
    assert answer.status_code == 400
    assert AGAIN in answer.text
    assert 'value="Lima"' in answer.text


def test_the_word_is_asked_for_only_while_it_counts(client, word):
    assert 'name="code"' in client.get("/register").text
    assert register(client, code="PIVOINE 42").status_code == 303
    client.delete_cookie("jobfair_access")
    set_to(sign_up="open")
    assert 'name="code"' not in client.get("/register").text


@pytest.mark.parametrize(
    "address", ["/register?code=pivoine42", "/register?next=%2Fjoin%2F7%3Fcode%3Dpivoine42"]
)
def test_a_poster_fills_the_word_in(client, word, address):
    assert 'value="pivoine42"' in client.get(address).text


def test_from_a_poster_through_signing_in_to_registering_and_back(client, techcorp, word):
    first = client.get(f"/join/{techcorp}?code={word}")
    signs_in = client.get(first.location)
    way_on = signs_in.text.partition('href="/register?')[2].partition('"')[0].replace("&amp;", "&")
    form = client.get(f"/register?{way_on}")
    assert f'value="{word}"' in form.text
    answer = register(client, code=word, next=f"/join/{techcorp}?code={word}")
    assert f"/join/{techcorp}" in answer.location


def test_while_only_the_invited_take_part_the_page_says_so(client):
    set_to(sign_up="invited")
    page = client.get("/register", headers=ENGLISH)
    assert page.status_code == 200
    assert "only invited people take part" in page.text
    assert 'name="password"' not in page.text


@pytest.mark.parametrize("mode", MODES)
def test_programs_are_refused_by_the_same_rule(client, mode):
    changes, more, field, sentence = MODES[mode]
    set_to(**changes)
    answer = client.post("/api/auth/register/", json=NEW | more, headers=ENGLISH)
    assert answer.status_code == 400
    said = answer.json["errors"][field] if field else answer.json["detail"]
    assert said.startswith(sentence)


def test_programs_give_the_word_as_code(client, word):
    call = "/api/auth/register/"
    assert client.post(call, json=NEW).json["code"] == "wrong_code"
    assert client.post(call, json=NEW | {"code": word}).status_code == 201


class TestTooOften:
    @pytest.fixture
    def config(self):
        return {"RATELIMIT_ENABLED": True}

    def test_after_sixty_wrong_words_even_the_right_one_waits(self, client, word):
        assert {register(client, code=str(each)).status_code for each in range(60)} == {400}
        refused = register(client, code=word)
        assert refused.status_code == 429
        assert "Too many wrong words" in refused.text
        assert 'id="code-error"' in refused.text
        # Who guesses keeps out nobody who needs no word.
        set_to(sign_up="open")
        assert register(client).status_code == 303

    def test_a_right_word_is_not_counted(self, client, word):
        for number in range(61):
            answer = register(client, code=word, email=f"ana{number}@example.org")
            assert answer.status_code == 303


def test_who_registers_behind_a_poster_has_joined(client, techcorp):
    answer = register(client, join=techcorp, next=f"/companies/{techcorp}")
    page = client.get(answer.location, headers=ENGLISH).text
    assert answer.location == f"/companies/{techcorp}"
    assert "Registered at TechCorp. It&#39;s your turn. Position 1," in page
    assert "Registered at position 1" in page


def test_a_form_that_was_refused_still_joins(client, techcorp):
    form = register(client, join=techcorp, first_name="").text
    assert f'name="join" value="{techcorp}"' in form
    assert "Create an account and join TechCorp" in form
    for unknown in (4711, 2**63, -(2**64)):
        assert 'name="join"' not in register(client, join=unknown, first_name="").text
        assert 'name="join"' not in client.get(f"/login?join={unknown}").text


def test_why_the_queue_was_not_joined_stands_on_the_companys_page(client, techcorp):
    companies.edit(SYSTEM, techcorp, {"queue_open": False})
    answer = register(client, join=techcorp, next=f"/companies/{techcorp}")
    assert answer.status_code == 303
    assert 'class="refusal"' in client.get(answer.location).text


def test_who_has_an_account_joins_with_signing_in_and_twice_is_no_error(client, alice, techcorp):
    form = {"email": alice.email, "password": PASSWORD, "join": techcorp}
    for _ in range(2):
        answer = client.post("/login", data=form | {"next": f"/companies/{techcorp}"})
        page = client.get(answer.location, headers=ENGLISH).text
        assert "Registered at position 1" in page
        assert 'class="refusal"' not in page
        client.delete_cookie("jobfair_access")
