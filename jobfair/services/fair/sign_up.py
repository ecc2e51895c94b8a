"""Who may sign up: the organisers' setting, which counts at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jobfair.domain.events import SignUpChanged, SignUpWordChanged
from jobfair.domain.refusals import Refusal
from jobfair.domain.signing_up import SignUp
from jobfair.exceptions import RequestCode
from jobfair.fields.input.edits import NOTHING_SEEN, overtaken
from jobfair.queries.fair.sign_up import SEPARATOR, rule_of
from jobfair.security import words
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction


def set_sign_up(
    actor: Actor, changes: Mapping[str, Any], seen: Mapping[str, str] = NOTHING_SEEN
) -> Refusal | None:
    """Change who may sign up: `sign_up`, the mode, and `sign_up_domains`, a text of domains.

    When a word is asked for the first time, one is made. Returns `domains_missing` for a school's
    addresses without any domain, and `changed_meanwhile` if a field is no longer as in `seen`.
    """
    with write_transaction(actor) as work:
        rule = rule_of(work.connection)
        before = {
            "sign_up": rule.mode.value,
            "sign_up_domains": SEPARATOR.join(rule.domains) or None,
        }
        if overtaken(changes, seen, before):
            return Refusal(RequestCode.CHANGED_MEANWHILE)
        after = {**before, **changes}
        if after["sign_up"] == SignUp.DOMAINS and not after["sign_up_domains"]:
            return Refusal(RequestCode.DOMAINS_MISSING)
        if after != before:
            work.set_fair(**after)
            work.record(actor, SignUpChanged(before, after))
        if after["sign_up"] == SignUp.CODE and rule.word is None:
            _write_word(work, actor, words.new())
    return None


def set_word(
    actor: Actor, word: str | None = None, seen: Mapping[str, str] = NOTHING_SEEN
) -> Refusal | None:
    """Set another word, or with None a random one; the old word stops working at once.

    Returns `changed_meanwhile` where `sign_up_word` is no longer as in `seen`.
    """
    with write_transaction(actor) as work:
        before = rule_of(work.connection).word
        after = word or words.new()
        if overtaken({"sign_up_word": after}, seen, {"sign_up_word": before}):
            return Refusal(RequestCode.CHANGED_MEANWHILE)
        if after != before:
            _write_word(work, actor, after)
    return None


def _write_word(work: UnitOfWork, actor: Actor, word: str) -> None:
    work.set_fair(sign_up_word=word)
    work.record(actor, SignUpWordChanged())
