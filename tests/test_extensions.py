"""What each application has one of."""

from threading import Barrier, Thread

import pytest
from flask import Flask

from jobfair.extensions import PerApp


def test_each_application_has_its_own():
    numbers = PerApp(list)
    one, other = Flask("one"), Flask("other")
    with one.app_context():
        numbers.get().append(1)
    with other.app_context():
        assert numbers.get() == []
    with one.app_context():
        assert numbers.get() == [1]


def test_two_of_a_kind_are_two():
    first, second = PerApp(list), PerApp(list)
    with Flask("one").app_context():
        assert first.get() is not second.get()


def test_nothing_is_made_by_looking():
    numbers = PerApp(list)
    with Flask("one").app_context():
        assert numbers.peek() is None
        numbers.get()
        assert numbers.peek() == []


def test_threads_that_ask_at_once_get_the_same():
    app, made, together = Flask("one"), [], Barrier(8)
    numbers = PerApp(lambda: made.append(1) or [])

    def ask():
        with app.app_context():
            together.wait()
            numbers.get()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_what_cannot_be_made_now_is_made_later():
    answers = iter([ZeroDivisionError(), 7])

    def make():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    number = PerApp(make)
    with Flask("one").app_context():
        with pytest.raises(ZeroDivisionError):
            number.get()
        assert number.get() == 7
