"""What turns one list into another, row by row, gives the other list."""

from hypothesis import given
from hypothesis import strategies as st

from jobfair.live.list_difference import difference

LISTS = st.dictionaries(st.integers(1, 9), st.sampled_from("abc"))


def put_together(before, after, found):
    """What an open page makes of a difference."""
    stay = {key: before[key] for key in before if key not in found.removed}
    changed = stay | {key: after[key] for key in found.changed}
    return (
        {key: after[key] for key in found.prepended}
        | changed
        | {k: after[k] for k in found.appended}
    )


@given(LISTS, LISTS)
def test_a_difference_leads_to_the_other_list_in_its_order(before, after):
    found = difference(before, after)
    if found is not None:
        assert list(put_together(before, after, found).items()) == list(after.items())


def test_a_row_that_leaves_and_one_that_joins_move_no_other():
    found = difference({1: "a", 2: "b", 3: "c"}, {2: "b", 3: "d", 4: "e"})
    assert (found.removed, found.prepended, found.appended, found.changed) == ((1,), (), (4,), (3,))


def test_the_latest_comes_first_and_the_oldest_is_no_longer_shown():
    found = difference({3: "c", 2: "b", 1: "a"}, {4: "d", 3: "c", 2: "b"})
    assert (found.removed, found.prepended, found.appended, found.changed) == ((1,), (4,), (), ())


def test_where_rows_change_places_or_none_stays_all_of_it_is_another():
    assert difference({1: "a", 2: "b"}, {2: "b", 1: "a"}) is None
    assert difference({1: "a", 3: "c"}, {1: "a", 2: "b", 3: "c"}) is None
    assert difference({1: "a"}, {2: "b"}) is None
    assert difference({}, {}) is None
