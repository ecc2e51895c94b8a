"""Keys for programs: what is stored of them, and when they end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobfair.db.transactions import revision
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.extensions import db
from jobfair.models import ApiKey, Role, Scope, User
from jobfair.ops import purge
from jobfair.queries.admin import keys as known
from jobfair.services.access import keys, team
from jobfair.unit_of_work import actors
from tests.support import factories


def row_of(key):
    with db.engine.connect() as connection:
        return connection.execute(select(ApiKey.__table__).where(ApiKey.id == key.id)).one()


def test_only_a_digest_is_stored(admin):
    key = factories.key(admin)
    row = row_of(key)
    assert key.secret not in repr(row)
    assert key.secret.removeprefix("jf_")[:32] not in repr(row)
    assert row.digest != keys.make(admin.actor, "other", [Scope.READ]).secret
    assert keys.holder(key.secret).user_id == admin.user_id


def test_a_key_acts_as_its_maker(admin):
    holder = keys.holder(factories.key(admin, Scope.READ, Scope.EXPORTS).secret)
    assert (holder.email, holder.role) == (admin.email, Role.ADMIN)
    assert holder.scopes == {Scope.READ, Scope.EXPORTS}


def test_a_withdrawn_key_is_nobodys(admin):
    key = factories.key(admin)
    keys.withdraw(admin.actor, key.id)
    assert keys.holder(key.secret) is None
    assert not keys.works(key.id)
    assert known.living() == []
    before = revision()
    keys.withdraw(admin.actor, key.id)
    assert revision() == before
    with pytest.raises(NotFound):
        keys.withdraw(admin.actor, key.id + 1)


@pytest.fixture
def other(app, admin):
    """Another organiser, so that one is left."""
    factories.admin("keeper@example.org")
    return factories.member("admin")


@pytest.mark.parametrize(
    "end",
    [
        lambda other: team.remove(actors.SYSTEM, other.user_id),
        lambda other: team.change_role(actors.SYSTEM, other.user_id, Role.VIEWER),
    ],
    ids=["removed", "another role"],
)
def test_a_key_ends_with_its_makers_place_in_the_team(other, end):
    """And does not come back with it."""
    key = factories.key(other)
    assert end(other) is None
    assert keys.holder(key.secret) is None
    team.change_role(actors.SYSTEM, other.user_id, Role.ADMIN) if user_is_there(other) else None
    assert keys.holder(key.secret) is None
    assert row_of(key).withdrawn_at is not None


def user_is_there(person):
    with db.engine.connect() as connection:
        return connection.execute(select(User.id).where(User.id == person.user_id)).first()


def test_when_it_was_used_last_is_known_to_a_minute(admin, time):
    key = factories.key(admin)
    assert known.key(key.id).used_at is None
    keys.note_use(key.id)
    first = known.key(key.id).used_at
    time.pass_(seconds=50)
    keys.note_use(key.id)
    assert known.key(key.id).used_at == first
    time.pass_(seconds=20)
    keys.note_use(key.id)
    assert known.key(key.id).used_at >= first + timedelta(seconds=70)


def test_there_are_not_without_end(admin, monkeypatch):
    monkeypatch.setattr(keys, "MOST", 2)
    first = factories.key(admin)
    factories.key(admin)
    refused = factories.key(admin)
    assert isinstance(refused, Refusal)
    assert refused.code is RequestCode.TOO_MANY_KEYS
    keys.withdraw(admin.actor, first.id)
    assert not isinstance(factories.key(admin), Refusal)


def test_with_the_past_fair_go_the_keys_that_only_its_log_named(admin):
    gone, kept = factories.key(admin), factories.key(admin)
    keys.withdraw(admin.actor, gone.id)
    purge.purge(everything=False)
    with db.engine.connect() as connection:
        assert connection.execute(select(ApiKey.id)).scalars().all() == [kept.id]
    assert keys.holder(kept.secret) is not None
