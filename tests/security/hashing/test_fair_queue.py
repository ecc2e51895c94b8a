"""Hashes are made for one address after the other, and there for one account after the other."""

import pytest

from jobfair.security.hashing.fair_queue import FairQueue, Sender


def wait(queue, *tasks):
    """Each task is named by its sender, as in "A.ann 1". Returns those that had to go."""
    dropped = [queue.put(task, Sender(*task.partition(" ")[0].split("."))) for task in tasks]
    return [each for each in dropped if each is not None]


def order(queue):
    return [queue.take() for _ in range(len(queue))]


def test_addresses_take_turns_and_in_each_its_accounts():
    queue = FairQueue()
    wait(queue, "A.ann 1", "A.ann 2", "A.ann 3", "A.bob 1", "B.cem 1", "B.cem 2", "C.dan 1")
    assert order(queue) == [
        *("A.ann 1", "B.cem 1", "C.dan 1"),
        *("A.bob 1", "B.cem 2"),
        *("A.ann 2", "A.ann 3"),
    ]


def test_who_comes_back_waits_behind_who_has_not_been_served():
    queue = FairQueue()
    wait(queue, "A.ann 1", "B.bob 1", "B.bob 2")
    assert queue.take() == "A.ann 1"
    wait(queue, "A.ann 2")
    assert order(queue) == ["B.bob 1", "A.ann 2", "B.bob 2"]


def test_a_crowd_behind_one_address_is_served_each_in_turn_beside_who_guesses_there():
    queue = FairQueue()
    wait(queue, *(f"hall.guesser {each}" for each in range(40)))
    wait(queue, *(f"hall.student{each} 1" for each in range(30)))
    assert set(order(queue)[1:31]) == {f"hall.student{each} 1" for each in range(30)}


def test_of_too_many_the_last_of_the_largest_account_of_the_largest_address_goes():
    queue = FairQueue(most=5)
    assert wait(queue, "A.ann 1", "A.ann 2", "A.bob 1", "B.cem 1", "B.cem 2") == []
    assert wait(queue, "C.dan 1") == ["A.ann 2"]
    assert wait(queue, "C.dan 2") == ["C.dan 2"]
    assert len(queue) == 5
    assert order(queue) == ["A.ann 1", "B.cem 1", "C.dan 1", "A.bob 1", "B.cem 2"]


def test_an_empty_one_has_nothing_to_give():
    queue = FairQueue()
    wait(queue, "A.ann 1")
    queue.take()
    assert len(queue) == 0
    with pytest.raises(StopIteration):
        queue.take()
