"""Who may sign up: a change counts for somebody who registers from then on."""

from threading import Event, Thread

import pytest

from jobfair.domain.refusals import Refusal
from jobfair.domain.signing_up import SignUp, folded_word
from jobfair.queries.fair import sign_up as current
from jobfair.security import words
from jobfair.security.hashing import passwords
from jobfair.services.access import accounts
from jobfair.services.access.accounts import Account, NewStudent
from jobfair.services.fair import sign_up
from jobfair.unit_of_work.actors import SYSTEM
from jobfair.unit_of_work.transaction import write_transaction

NEW = NewStudent("ana@univ.fr", "correct horse battery", "Ana", "Lima")


def set_to(**changes):
    assert sign_up.set_sign_up(SYSTEM, changes) is None


def test_a_fair_is_open_to_anybody_at_first(app):
    assert current.rule().mode is SignUp.OPEN
    assert isinstance(accounts.register(NEW), Account)


def test_the_first_time_a_word_is_asked_for_one_is_made(app):
    set_to(sign_up="code")
    word = current.rule().word
    assert accounts.register(NEW, "another") == Refusal("wrong_code")
    assert isinstance(accounts.register(NEW, word.upper()), Account)


def test_a_new_word_counts_at_once_and_the_old_one_no_more(app):
    set_to(sign_up="code")
    old = current.rule().word
    sign_up.set_word(SYSTEM, "Pivoine 42")
    assert accounts.register(NEW, old) == Refusal("wrong_code")
    assert isinstance(accounts.register(NEW, "pivoine42"), Account)


def test_the_word_is_kept_while_it_is_not_asked_for(app):
    set_to(sign_up="code")
    word = current.rule().word
    set_to(sign_up="open")
    assert current.shown_word() is None
    set_to(sign_up="code")
    assert current.shown_word() == word


def test_the_schools_addresses_need_a_domain(app):
    missing = Refusal("domains_missing")
    assert sign_up.set_sign_up(SYSTEM, {"sign_up": "domains"}) == missing
    set_to(sign_up="domains", sign_up_domains="univ.fr")
    assert sign_up.set_sign_up(SYSTEM, {"sign_up_domains": None}) == missing
    assert current.rule().domains == ("univ.fr",)
    assert isinstance(accounts.register(NEW), Account)


def test_what_a_colleague_has_changed_is_not_overwritten_unseen(app):
    set_to(sign_up="domains", sign_up_domains="univ.fr")
    seen = {"sign_up_domains": ""}
    changes = {"sign_up_domains": "school.example"}
    assert sign_up.set_sign_up(SYSTEM, changes, seen) == Refusal("changed_meanwhile")
    sign_up.set_word(SYSTEM, "pivoine")
    refusal = sign_up.set_word(SYSTEM, "mimosa", {"sign_up_word": "another"})
    assert refusal == Refusal("changed_meanwhile")


@pytest.mark.parametrize("word", [None, "pivoine"])
def test_who_registers_while_it_is_changed_is_decided_by_the_change(app, monkeypatch, word):
    """They were let in by what was read before, and the lock lets them wait for the change."""
    if word:
        set_to(sign_up="code")
        sign_up.set_word(SYSTEM, word)
    assert accounts.check_sign_up(NEW.email, word) is None
    hashed, outcome = Event(), []
    monkeypatch.setattr(passwords, "hash_password", lambda _typed: hashed.set() or "no hash")

    def registers():
        with app.app_context():
            outcome.append(accounts.register(NEW, word))

    student = Thread(target=registers)
    with write_transaction(SYSTEM) as work:
        student.start()
        assert hashed.wait(10)
        work.set_fair(sign_up="invited")
    student.join()
    assert outcome == [Refusal("only_invited")]


def test_words_can_be_said_and_typed():
    made = {words.new() for _ in range(200)}
    assert len(made) > 190
    assert all(each == folded_word(each) and 5 <= len(each) <= 12 for each in made)
