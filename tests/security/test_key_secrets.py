"""Keys look like keys: to a scanner of source code, and before anything is looked up."""

import re

import pytest

from jobfair.security import key_secrets

FORM = re.compile(r"jf_[0-9A-Za-z]{38}")


def test_a_key_has_the_form_that_scanners_are_told():
    made = {key_secrets.new() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        assert FORM.fullmatch(each)
        assert key_secrets.is_meant(each)
        assert key_secrets.is_whole(each)


@pytest.mark.parametrize("place", [3, 20, 34, 35, 40])
def test_a_key_with_one_wrong_letter_is_none(place):
    made = key_secrets.new()
    wrong = "A" if made[place] != "A" else "B"
    assert not key_secrets.is_whole(made[:place] + wrong + made[place + 1 :])


@pytest.mark.parametrize("text", ["", "jf_", "jf_" + "x" * 38, "eyJhbGciOi.x.y", "jf_é" + "0" * 37])
def test_what_is_no_key(text):
    assert not key_secrets.is_whole(text)


def test_neither_more_nor_less_than_a_key_is_one():
    made = key_secrets.new()
    for other in (made + "0", made[:-1], f" {made}", f"{made}\n", made.upper()):
        assert not key_secrets.is_whole(other)
