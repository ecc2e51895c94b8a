"""Documents, docstrings, comments and the words of pages are in plain English.

Many readers have it as a second language. The words below make a sentence hard to read, and each
has a plain one in its place.
"""

import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.wording.test_catalogue import catalogue, forms

PROJECT = Path(__file__).parents[2]

INSTEAD = {
    "whoever": "name the person: a student who, people who, somebody who",
    "whomever": "the same",
    "whosoever": "the same",
    "so many": "this many",
    "anew": "again",
    "thereof": "of it",
    "whereof": "of which",
    "wherein": "in which",
    "hitherto": "until now",
    "lest": "so that … not",
}

_HARD = re.compile(rf"\b(?:{'|'.join(INSTEAD)})\b".replace(" ", r"\s+"), re.IGNORECASE)
_LAST_WORDS = {words.split()[-1] for words in INSTEAD}
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)

DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
SOURCES = [
    path
    for folder in ("jobfair", "bench", "tools", "tests", "migrations")
    for path in sorted((PROJECT / folder).rglob("*.py"))
    if path != Path(__file__)
]


def hard_words(text):
    """The hard words of a text, outside of its code."""
    found = _HARD.findall(_CODE.sub("", text))
    return [" ".join(each.lower().split()) for each in found]


def prose(source):
    """Docstrings, comments and sentences of a module."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    kinds = (tokenize.COMMENT, tokenize.STRING)
    return "\n".join(each.string for each in tokens if each.type in kinds and " " in each.string)


def is_read(source):
    """Whether a module may have a hard word at all: to find its prose takes long."""
    lower = source.lower()
    return any(word in lower for word in _LAST_WORDS)


def advice(words):
    return "; ".join(f"{word}: {INSTEAD[word]}" for word in sorted(set(words)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_have_no_hard_word(path):
    words = hard_words(path.read_text())
    assert not words, advice(words)


def test_no_module_has_a_hard_word():
    sources = {path.relative_to(PROJECT): path.read_text() for path in SOURCES}
    found = {path: hard_words(prose(text)) for path, text in sources.items() if is_read(text)}
    assert {path.as_posix(): advice(words) for path, words in found.items() if words} == {}


def test_no_page_has_a_hard_word():
    assert [text for message in catalogue() for text in forms(message) if hard_words(text)] == []


def test_a_hard_word_is_found():
    assert hard_words("Whoever joins waits; so\tmany wait anew.") == ["whoever", "so many", "anew"]
    assert hard_words("The field `anew` is a name.") == []
    assert (
        prose('"""A docstring."""\nx = "name"  # A comment.\n')
        == '"""A docstring."""\n# A comment.'
    )
