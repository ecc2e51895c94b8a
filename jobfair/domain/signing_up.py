"""Who may make an account of their own."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from jobfair.domain.refusals import Code, Refusal


class SignUp(StrEnum):
    """Who may sign up: anybody; people with the word; people with a school's address; nobody."""

    OPEN = "open"
    CODE = "code"
    DOMAINS = "domains"
    INVITED = "invited"


@dataclass(frozen=True, slots=True)
class SignUpRule:
    """The organisers' setting.

    `word` is what is said in the hall, None before there was one. `domains` are those of the
    school's addresses, in lower case and ASCII. Both are kept while the mode is another.
    """

    mode: SignUp = SignUp.OPEN
    word: str | None = None
    domains: tuple[str, ...] = ()


def may_sign_up(rule: SignUpRule, email: str, word: str | None) -> Refusal | None:
    """The refusal for somebody with this address who typed this word; None if they may.

    Who is invited has an account already, and so makes none.
    """
    match rule.mode:
        case SignUp.OPEN:
            return None
        case SignUp.CODE:
            right = rule.word is not None and folded_word(word or "") == folded_word(rule.word)
            return None if right else Refusal(Code.WRONG_CODE)
        case SignUp.DOMAINS:
            if _is_of(rule.domains, email):
                return None
            return Refusal(Code.ADDRESS_NOT_OF_SCHOOL, {"domains": ", ".join(rule.domains)})
        case SignUp.INVITED:
            return Refusal(Code.ONLY_INVITED)


def may_sign_up_by_school(rule: SignUpRule) -> Refusal | None:
    """The refusal for somebody whom the school's own sign-in vouches for; None if they may.

    They are the school's whatever their address, and have no need of the word.
    """
    return Refusal(Code.ONLY_INVITED) if rule.mode is SignUp.INVITED else None


def folded_word(text: str) -> str:
    """A word's letters and digits without case and accents: «Pi ano-42» gives «piano42»."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if each.isalnum())


def _is_of(domains: tuple[str, ...], email: str) -> bool:
    """Whether an address is of one of the domains, or of one below it: `etu.univ.fr` is the
    school's as `univ.fr` is, and `myuniv.fr` is not."""
    own = email.rpartition("@")[2].lower()
    return any(own == each or own.endswith(f".{each}") for each in domains)
