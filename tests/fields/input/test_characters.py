"""What is seen of a name, and where it begins."""

import pytest

from jobfair.fields.input.characters import initial, shows, without_stray


@pytest.mark.parametrize("text", ["\u3164", "\uffa0\u115f", "\u2800", "\u200b\u200d", "\u034f", ""])
def test_what_is_drawn_as_nothing_shows_nothing(text):
    assert not shows(text)
    assert shows(f"{text}a")


def test_what_only_breaks_lines_is_left_out_and_what_joins_is_kept():
    assert without_stray("\ufeffAn\u00adna\u200b\u2060") == "Anna"
    for joined in ("👩\u200d🎓", "می\u200cخواهم"):
        assert without_stray(joined) == joined


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Martin", "M"),
        ("Élodie", "É"),
        ("E\u0301lodie", "E\u0301"),
        ("🇫🇷 Durand", "D"),
        ("👩\u200d🎓Durand", "D"),
        ("कि", "कि"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("O'Hara", "O"),
        ("🇫🇷", ""),
        ("👩\u200d👩\u200d👧", ""),
    ],
)
def test_an_initial_is_a_whole_letter(name, letter):
    assert initial(name) == letter
