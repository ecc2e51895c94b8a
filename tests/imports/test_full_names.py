"""Full names parted: by their comma, by their capitals, else by their order."""

import pytest

from jobfair.imports.full_names import parted


@pytest.mark.parametrize("last_name_first", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "DE LA TOUR Élodie Ana",
        "Élodie Ana DE LA TOUR",
        "DE LA TOUR, Élodie Ana",
        "de LA TOUR Élodie Ana",
    ],
)
def test_capitals_and_commas_say_which_is_which(name, last_name_first):
    first, last = parted(name, last_name_first)
    assert (first, last.upper()) == ("Élodie Ana", "DE LA TOUR")


@pytest.mark.parametrize(
    ("name", "last_name_first", "first", "last"),
    [
        ("Élodie de la Tour", False, "Élodie", "de la Tour"),
        ("de la Tour Élodie", True, "Élodie", "de la Tour"),
        ("ANA LIMA", False, "ANA", "LIMA"),
        ("LIMA ANA", True, "ANA", "LIMA"),
        ("Ana M. Lima", False, "Ana", "M. Lima"),
        ("  Ana   Lima ", False, "Ana", "Lima"),
        ("Ana", False, "Ana", ""),
        ("Lima", True, "Lima", ""),
        ("", False, "", ""),
    ],
)
def test_else_the_order_does(name, last_name_first, first, last):
    assert parted(name, last_name_first) == (first, last)
