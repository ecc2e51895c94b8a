"""The codes of badges and of the hall's screen lead back to their students."""

import pytest

from jobfair.queries import hall_codes
from jobfair.queries.admin import desk
from tests.support import factories


def test_every_code_leads_back_to_its_student(app):
    for student_id in (1, 2, 399, 12_345, hall_codes.CODES, 3 * hall_codes.CODES + 17):
        typed = hall_codes.code(student_id)
        assert hall_codes.remainder(typed) == student_id % hall_codes.CODES
        assert hall_codes.remainder(f" {typed.replace(' ', '').lower()} ") == (
            student_id % hall_codes.CODES
        )


@pytest.mark.parametrize("typed", ["", "KT 4", "KT 422", "AT 42", "42 KT", "KT ٤٢", "Kim Tan"])
def test_what_is_no_code_finds_nobody(app, typed):
    factories.student("Alice")
    assert hall_codes.remainder(typed) is None
    assert desk.with_code(typed) == []


def test_another_fairs_codes_are_others(app):
    code = hall_codes.code(5)
    app.config["SECRET_KEY"] = "another-secret-for-tests-that-is-long"
    assert hall_codes.code(5) != code


def test_a_code_finds_its_student_alone(app):
    alice, bob = factories.student("Alice"), factories.student("Bob")
    assert [each.id for each in desk.with_code(hall_codes.code(alice.student_id))] == [
        alice.student_id
    ]
    assert [each.id for each in desk.with_code(hall_codes.code(bob.student_id))] == [bob.student_id]
