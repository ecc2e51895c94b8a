"""Sectors by their other names."""

from collections import Counter

from jobfair.fields.companies.sectors import SAME, synonyms
from jobfair.fields.input.folding import folded


def test_a_name_stands_for_one_sector():
    names = Counter(name for line in SAME for name in set(map(folded, line.split(", "))))
    assert [name for name, times in names.items() if times > 1] == []


def test_a_sector_is_known_by_its_names_however_it_is_spelled():
    assert "science des données" in synonyms("DATA")
    assert synonyms("Energie") == synonyms("Energy")
    assert synonyms("Quelque chose") == ""
