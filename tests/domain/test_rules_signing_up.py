"""Who may make an account of their own, for each of the organisers' settings."""

from __future__ import annotations

import pytest

from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.signing_up import (
    SignUp,
    SignUpRule,
    folded_word,
    may_sign_up,
    may_sign_up_by_school,
)

WORD, DOMAINS = "Pivoine 42", ("univ.fr", "school.example")
OF_SCHOOL = Refusal(Code.ADDRESS_NOT_OF_SCHOOL, {"domains": "univ.fr, school.example"})
WRONG, INVITED = Refusal(Code.WRONG_CODE), Refusal(Code.ONLY_INVITED)

CASES: list[tuple[SignUp, str, str | None, Refusal | None]] = [
    (SignUp.OPEN, "a@anywhere.example", None, None),
    (SignUp.OPEN, "a@anywhere.example", "anything", None),
    (SignUp.CODE, "a@anywhere.example", "Pivoine 42", None),
    (SignUp.CODE, "a@anywhere.example", " PIVOINE-42. ", None),
    (SignUp.CODE, "a@anywhere.example", "pïvoïne42", None),
    (SignUp.CODE, "a@univ.fr", None, WRONG),
    (SignUp.CODE, "a@univ.fr", "", WRONG),
    (SignUp.CODE, "a@univ.fr", "pivoine", WRONG),
    (SignUp.CODE, "a@univ.fr", "pivoine 421", WRONG),
    (SignUp.DOMAINS, "a@univ.fr", None, None),
    (SignUp.DOMAINS, "a@etu.univ.fr", None, None),
    (SignUp.DOMAINS, "a@school.example", None, None),
    (SignUp.DOMAINS, "a@UNIV.fr", None, None),
    (SignUp.DOMAINS, "a@myuniv.fr", None, OF_SCHOOL),
    (SignUp.DOMAINS, "a@univ.fr.evil.example", None, OF_SCHOOL),
    (SignUp.DOMAINS, "univ.fr@evil.example", None, OF_SCHOOL),
    (SignUp.DOMAINS, "a@fr", WORD, OF_SCHOOL),
    (SignUp.INVITED, "a@univ.fr", WORD, INVITED),
]


@pytest.mark.parametrize(("mode", "email", "word", "expected"), CASES)
def test_who_may_sign_up(
    mode: SignUp, email: str, word: str | None, expected: Refusal | None
) -> None:
    assert may_sign_up(SignUpRule(mode, WORD, DOMAINS), email, word) == expected


@pytest.mark.parametrize("mode", list(SignUp))
def test_whom_the_school_vouches_for_may_unless_people_are_invited(mode: SignUp) -> None:
    refusal = INVITED if mode is SignUp.INVITED else None
    assert may_sign_up_by_school(SignUpRule(mode, WORD, DOMAINS)) == refusal


@pytest.mark.parametrize("typed", [None, "", " ", "-"])
def test_without_a_word_nobody_has_the_right_one(typed: str | None) -> None:
    assert may_sign_up(SignUpRule(SignUp.CODE), "a@univ.fr", typed) == WRONG


def test_without_domains_no_address_is_the_schools() -> None:
    assert may_sign_up(SignUpRule(SignUp.DOMAINS), "a@univ.fr", None) is not None


def test_a_word_is_the_same_however_it_is_typed() -> None:
    for typed in (" Pi ano-42 ", "PIANO42", "piáno 42"):
        assert folded_word(typed) == "piano42"
