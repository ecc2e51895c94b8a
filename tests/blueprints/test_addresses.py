"""An address is read forgivingly: however a text, a chat or a hand passed it on."""

from urllib.parse import quote, unquote

import pytest
from sqlalchemy import update

from jobfair.extensions import db
from jobfair.models import Company, Fair, Invitation
from jobfair.queries.admin.students.invitations import digest
from jobfair.security import link_tokens
from tests.blueprints.who_may import Who, calls, world

ADDED = [".", ",", ")", ">", " ", "\u200b", "\u00a0", "»", "*", "_", "\u2026", "\0", ").", "%20"]
"""What a text puts behind a link, and programs take for a part of it."""
LOST = ["_", "-", "--", "_-"]
"""What an older secret may end in, and programs take for the text's."""


@pytest.mark.parametrize("path", ["/login", "/register", "/dashboard", "/companies", "/health"])
def test_a_slash_at_the_end_changes_nothing(client, alice, path):
    alice.sign_in(client)
    with_one = client.get(f"{path}/")
    assert with_one.status_code == client.get(path).status_code < 400


def test_every_address_is_the_same_with_a_slash_at_its_end_and_without(app):
    there, addresses = world(), app.url_map.bind("localhost")
    tried = 0
    for call in calls(app):
        path = there.address(app, call)
        if path == "/" or call.endpoint == "static":
            continue
        other = path.removesuffix("/") if path.endswith("/") else f"{path}/"
        assert addresses.match(other, call.method) == addresses.match(path, call.method)
        tried += 1
    assert tried > 150


def status(client, path):
    return client.get(path, buffered=True).status_code


def links(app):
    """The pages and calls whose address holds a secret, and what it is there."""
    there = world()
    for call in calls(app):
        if "token" in call.arguments:
            values = there.values(call, there.own)
            yield call, values


@pytest.mark.parametrize("added", ADDED, ids=ascii)
def test_what_a_text_adds_to_a_link_is_no_part_of_it(app, client, added):
    tried = 0
    for call, values in links(app):
        path = call.path(app, values)
        longer = path.replace(values["token"], values["token"] + quote(added))
        matched = app.url_map.bind("localhost").match(unquote(longer), call.method)
        assert matched[1]["token"] == values["token"]
        if call.method == "GET" and not call.streams:
            assert status(client, longer) == status(client, path) < 400, longer
        tried += 1
    assert tried > 20


def test_what_stands_before_a_secret_is_no_part_of_it_either(client, techcorp):
    token = db.session.get(Company, techcorp).token
    assert client.get(f"/company/%E2%80%8B%20{token}").status_code == 200


@pytest.mark.parametrize("lost", LOST)
def test_an_older_link_works_without_the_punctuation_it_ended_in(app, client, lost):
    left = "a" * (link_tokens.LENGTH - len(lost))
    for call, values in links(app):
        if call.method == "GET" and not call.streams:
            changed = {
                Who.LINK: update(Company).where(Company.id == values["company_id"]),
                Who.HALL: update(Fair),
                Who.GUEST: update(Invitation).where(Invitation.digest == digest(values["token"])),
            }[call.who]
            secret = {
                Who.LINK: {"token": left + lost},
                Who.HALL: {"screen_token": left + lost},
                Who.GUEST: {"digest": digest(left + lost)},
            }[call.who]
            with db.engine.begin() as connection:
                connection.execute(changed.values(**secret))
            found = [
                status(client, call.path(app, values | {"token": token}))
                for token in (left + lost, left, left[:-2])
            ]
            assert found[0] == found[1] < 400, call
            assert found[2] == 404


def test_a_secret_that_lost_anything_else_is_unknown(client, techcorp):
    token = db.session.get(Company, techcorp).token
    for shorter in (token[:-1], token[:-2], token[1:]):
        assert client.get(f"/company/{shorter}").status_code == 404


def test_a_new_secret_ends_in_a_letter_or_a_digit():
    made = [link_tokens.new() for _ in range(2_000)]
    assert {len(each) for each in made} == {link_tokens.LENGTH}
    assert all(each[-1].isalnum() for each in made)
    assert len(set(made)) == len(made)


def test_every_link_is_made_of_such_a_secret(app, monkeypatch):
    made = []

    def new():
        made.append(f"{'a' * 30}{len(made):02}")
        return made[-1]

    monkeypatch.setattr(link_tokens, "new", new)
    own = world().own
    assert {own["link"], own["guest"], own["screen"]} <= set(made)
