"""A code works once, in its minute, and one that stands in for the phone does too."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, text

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.extensions import db
from jobfair.models import RecoveryCode, SecondFactor
from jobfair.ops import backups
from jobfair.queries.access import second_factors as factors
from jobfair.security import one_time_codes, sealed
from jobfair.services.access import accounts, second_factors, sign_ins, team
from jobfair.services.access.second_factors import Kind
from jobfair.services.access.sign_ins import FactorWanted
from tests.support import codes, factories
from tests.support.factories import PASSWORD


@pytest.fixture
def boss(app):
    return factories.admin()


@pytest.fixture
def phone(boss):
    return codes.set_up(boss)


def use(person, code):
    return second_factors.use(person.user_id, code)


def test_a_password_alone_opens_nothing(boss, phone):
    before = len(ended_or_not(boss))
    assert sign_ins.sign_in(boss.email, PASSWORD, "") == FactorWanted(boss.user_id)
    assert len(ended_or_not(boss)) == before
    assert sign_ins.sign_in(boss.email, "wrong", "") == Refusal(RequestCode.WRONG_CREDENTIALS)
    opened, kind = second_factors.sign_in(boss.user_id, phone.code(), "")
    assert sign_ins.session(opened.sign_in_id).user_id == boss.user_id
    assert kind is Kind.APP


def ended_or_not(person):
    with db.engine.connect() as connection:
        query = text("SELECT id FROM sign_ins WHERE user_id = :id")
        return connection.execute(query, {"id": person.user_id}).all()


def test_a_code_is_of_this_half_minute_or_its_neighbours(boss, phone):
    assert use(boss, phone.code(-2)) is None
    assert use(boss, phone.code(2)) is None
    for steps in (-1, 0, 1):
        assert use(boss, phone.code(steps)) is Kind.APP


def test_a_code_works_once_and_none_before_it_after_it(boss, phone):
    now = phone.code()
    assert use(boss, now) is Kind.APP
    assert use(boss, now) is None
    assert use(boss, phone.code(-1)) is None


def test_the_code_with_which_it_was_set_up_lets_nobody_in(boss):
    secret = second_factors.new_secret(boss.user_id)
    app = codes.App(second_factors.read_secret(boss.user_id, secret), [])
    code = app.code()
    second_factors.set_up(boss.actor, boss.user_id, secret, code, 0)
    assert use(boss, code) is None


def test_of_many_sign_ins_with_one_code_one_gets_in(app, boss, phone):
    for code in (phone.code(), phone.recovery[0]):
        assert at_once(app, boss, code, 6) == 1


def at_once(app, person, code, number):
    """How many of these get in, when all give a code at the same moment."""
    start = Barrier(number)

    def give(_number):
        with app.app_context():
            start.wait()
            return use(person, code) is not None

    with ThreadPoolExecutor(number) as pool:
        return sum(pool.map(give, range(number)))


def test_recovery_codes_work_once_each_as_people_write_them(boss, phone):
    first, second, *_others = phone.recovery
    assert len(set(phone.recovery)) == second_factors.RECOVERY_CODES
    assert use(boss, first.upper().replace("-", " ")) is Kind.RECOVERY
    assert use(boss, first) is None
    assert factors.of_user(boss.user_id).codes_left == 9
    fresh = second_factors.new_codes(boss.user_id)
    assert use(boss, second) is None
    assert use(boss, fresh[0]) is Kind.RECOVERY


@pytest.mark.parametrize("typed", ["", "000", "١٢٣٤٥٦", "x" * 500, "\x00", "é"])
def test_rubbish_is_no_code(boss, phone, typed):
    assert use(boss, typed) is None


def test_nobody_else_gets_in_with_it(boss, phone):
    other = factories.admin("other@example.org")
    theirs = codes.set_up(other)
    assert use(other, phone.recovery[0]) is None
    assert use(other, theirs.recovery[0]) is Kind.RECOVERY
    assert use(factories.admin("third@example.org"), phone.code()) is None


def test_a_secret_is_good_for_its_own_user_alone(boss):
    other = factories.admin("other@example.org")
    secret = second_factors.new_secret(other.user_id)
    app = codes.App(second_factors.read_secret(other.user_id, secret), [])
    refused = second_factors.set_up(boss.actor, boss.user_id, secret, app.code(), 0)
    assert refused == Refusal(RequestCode.WRONG_SECOND_FACTOR)
    assert factors.of_user(boss.user_id) is None


def test_a_second_one_takes_nobodys_place(boss, phone):
    secret = second_factors.new_secret(boss.user_id)
    app = codes.App(second_factors.read_secret(boss.user_id, secret), [])
    refused = second_factors.set_up(boss.actor, boss.user_id, secret, app.code(), 0)
    assert refused == Refusal(RequestCode.SECOND_FACTOR_IS_ON)
    assert use(boss, phone.code()) is Kind.APP


def test_the_database_and_a_backup_hold_neither_secret_nor_codes(app, boss, phone, tmp_path):
    with db.engine.connect() as connection:
        stored = str(connection.execute(select(SecondFactor.secret)).all())
        stored += str(connection.execute(select(RecoveryCode.digest)).all())
    backups.save(tmp_path / "saved.jsonl.gz")
    stored += "\n".join(map(str, backups.backup_file.read(tmp_path / "saved.jsonl.gz")))
    assert "second_factors" in stored
    for secret in (phone.secret, *phone.recovery):
        assert secret not in stored
        assert one_time_codes.cleaned(secret) not in stored


def test_without_the_secret_key_it_is_not_read(app, boss, phone, monkeypatch):
    monkeypatch.setitem(app.config, "SECRET_KEY", "another one, of another server altogether")
    assert use(boss, phone.code()) is None
    assert use(boss, phone.recovery[0]) is None


def test_what_is_sealed_is_read_for_its_purpose_and_unchanged(app):
    secret = sealed.seal("a secret", "one")
    assert secret != sealed.seal("a secret", "one")
    assert sealed.unseal(secret, "one") == "a secret"
    assert sealed.unseal(secret, "another") is None
    assert sealed.unseal(secret[:-4] + "AAA=", "one") is None
    assert sealed.unseal("é", "one") is None


def test_switching_it_on_and_off_ends_the_other_sign_ins(boss):
    here, there = (sign_ins.open_for(boss.user_id, "").sign_in_id for _ in range(2))
    secret = second_factors.new_secret(boss.user_id)
    app = codes.App(second_factors.read_secret(boss.user_id, secret), [])
    recovery = second_factors.set_up(boss.actor, boss.user_id, secret, app.code(), here)
    assert sign_ins.session(there) is None
    there = sign_ins.open_for(boss.user_id, "").sign_in_id
    refused = second_factors.turn_off(boss.actor, boss.user_id, app.wrong(), here)
    assert refused == Refusal(RequestCode.WRONG_SECOND_FACTOR)
    assert second_factors.turn_off(boss.actor, boss.user_id, recovery[0], here) is None
    assert (sign_ins.session(there), factors.of_user(boss.user_id)) == (None, None)
    assert sign_ins.session(here) is not None
    assert use(boss, recovery[1]) is None


def test_another_organiser_takes_it_away_and_nobody_their_own(boss, phone):
    other = factories.admin("other@example.org")
    opened = sign_ins.open_for(boss.user_id, "").sign_in_id
    own = team.remove_second_factor(boss.actor, boss.user_id)
    assert own == Refusal(RequestCode.OWN_SECOND_FACTOR)
    desk = factories.member("desk")
    assert team.remove_second_factor(desk.actor, boss.user_id) == Refusal(RequestCode.NOT_ALLOWED)
    assert sign_ins.session(opened) is not None
    assert team.remove_second_factor(other.actor, boss.user_id) is None
    assert sign_ins.session(opened) is None
    assert not isinstance(sign_ins.sign_in(boss.email, PASSWORD, ""), Refusal | FactorWanted)
    assert team.remove_second_factor(other.actor, boss.user_id) is None
    with pytest.raises(NotFound):
        team.remove_second_factor(other.actor, 999_999)


def test_a_new_password_takes_nothing_away(boss, phone):
    accounts.set_password(boss.actor, boss.user_id, "staple for a while")
    wanted = sign_ins.sign_in(boss.email, "staple for a while", "")
    assert wanted == FactorWanted(boss.user_id)
