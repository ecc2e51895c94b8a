"""An address has one spelling, whichever way it comes in, and is refused by all ways or by none."""

import io

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade
from sqlalchemy import delete, select, update

from jobfair import create_app
from jobfair.extensions import db
from jobfair.fields.input import emails
from jobfair.models import User
from tests.conftest import settings
from tests.support import factories
from tests.support.organisers import Organiser

TAKEN = {
    "ana@example.org": "ana@example.org",
    "  Ana@Example.ORG ": "ana@example.org",
    "ana@münchen.de": "ana@xn--mnchen-3ya.de",
    "ana@MÜNCHEN.de": "ana@xn--mnchen-3ya.de",
    "ana@mu\u0308nchen.de": "ana@xn--mnchen-3ya.de",
    "ana@xn--mnchen-3ya.de": "ana@xn--mnchen-3ya.de",
    "ana@XN--MNCHEN-3YA.DE": "ana@xn--mnchen-3ya.de",
    "ana@example\u3002org": "ana@example.org",
    "\u212aim@example.org": "kim@example.org",
    "a+b@c-d.example": "a+b@c-d.example",
    "o'hara@x.org": "o'hara@x.org",
    "admin@lycee.local": "admin@lycee.local",
    "1@2.3": "1@2.3",
}
"""What is typed, and what is stored."""

REFUSED = [
    "ana",
    "ana@",
    "@x.fr",
    "ana@localhost",
    "a b@x.fr",
    "a@b@x.fr",
    "a..b@x.fr",
    "a@-x.fr",
    "a@x..fr",
    "Ana <ana@x.fr>",
    '"a b"@x.fr',
    # No browser sends what is not ASCII before the @.
    "é.ü@example.fr",
    "\u0131na@example.org",
    "\uff41na@example.org",
    # Nothing that cannot be seen.
    "an\u200ba@example.org",
    "ana@exam\u200bple.org",
    "\u200bana@example.org",
    "an\u00ada@example.org",
    "an\u3164a@example.org",
    # Too long only once it is folded.
    "\u0130" * 242 + "@example.org",
    "ana@" + "ﬃ" * 200 + ".org",
    "ana@" + ".".join(["é" * 50] * 4) + ".org",
]

ORGANISER = "admin@example.org"
ANA = {"password": factories.PASSWORD, "first_name": "Ana", "last_name": "Lu"}


def stored():
    with db.engine.connect() as connection:
        return set(connection.execute(select(User.email)).scalars())


def by_form(app, email):
    return app.test_client().post("/register", data={**ANA, "email": email}).status_code == 303


def by_organisers_form(app, email):
    organiser = Organiser(app.test_client())
    return organiser.post("/admin/students/new", **ANA, email=email).status_code == 303


def by_json(app, email):
    answer = app.test_client().post("/api/auth/register/", json={**ANA, "email": email})
    assert answer.status_code == 201 or list(answer.json["errors"]) == ["email"]
    return answer.status_code == 201


def by_import(app, email):
    organiser = Organiser(app.test_client())
    quoted = email.replace('"', '""')
    table = f'prenom;nom;mail\nAna;Lu;"{quoted}"\n'
    file = io.BytesIO(table.encode()), "list.csv"
    preview = organiser.post("/admin/students/import", file=file)
    hidden = {
        name: preview.text.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("list", "promise")
    }
    organiser.post("/admin/students/import/carry-out", **hidden)
    return len(stored()) == 2


WAYS = [by_form, by_organisers_form, by_json, by_import]


@pytest.mark.parametrize("way", WAYS)
def test_whichever_way_it_comes_in_it_is_stored_in_one_spelling(app, way):
    for typed, spelling in TAKEN.items():
        assert way(app, typed), typed
        assert stored() - {ORGANISER} == {spelling}, typed
        with db.engine.begin() as connection:
            connection.execute(delete(User).where(User.email == spelling))


@pytest.mark.parametrize("way", WAYS)
def test_what_is_refused_is_refused_every_way(app, way):
    for typed in REFUSED:
        assert not way(app, typed), typed
    assert stored() <= {ORGANISER}


def sign_in(app, email):
    credentials = {"email": email, "password": factories.PASSWORD}
    return app.test_client().post("/login", data=credentials)


@pytest.mark.parametrize("typed", TAKEN)
def test_every_spelling_opens_the_one_account(app, typed):
    factories.student(email=TAKEN[typed])
    assert sign_in(app, typed).status_code == 303
    assert not by_json(app, typed)


@pytest.mark.parametrize("email", ["é.ü@example.fr", "é.ü@exämple.fr", "ana@ex_ample.fr"])
def test_who_had_an_account_before_still_signs_in(app, email):
    """Those were taken once."""
    alice = factories.student()
    with db.engine.begin() as connection:
        connection.execute(update(User).where(User.id == alice.user_id).values(email=email))
    assert sign_in(app, f" {email.upper()}").status_code == 303


def test_a_folded_address_is_its_own_spelling():
    for address in TAKEN.values():
        assert emails.folded(address) == emails.canonical(address) == address


def test_addresses_that_are_stored_are_put_into_the_one_spelling(tmp_path):
    """By the migration. Where both spellings have an account, each stays as it is."""
    before = {
        1: "ana@münchen.de",
        2: "bob@münchen.de",
        3: "bob@xn--mnchen-3ya.de",
        4: "é@münchen.de",
        5: "eve@example.org",
    }
    with create_app(settings(f"sqlite:///{tmp_path / 'old.sqlite'}")).app_context():
        upgrade(revision="0008")
        users = sa.table(
            "users", *map(sa.column, ("id", "email", "password_hash", "role", "created_at"))
        )
        rows = [
            {"id": key, "email": email, "password_hash": "", "role": "student", "created_at": ""}
            for key, email in before.items()
        ]
        with db.engine.begin() as connection:
            connection.execute(sa.insert(users), rows)
        upgrade()
        with db.engine.connect() as connection:
            after = dict(tuple(row) for row in connection.execute(select(User.id, User.email)))
        db.engine.dispose()
    assert after == {**before, 1: "ana@xn--mnchen-3ya.de"}
