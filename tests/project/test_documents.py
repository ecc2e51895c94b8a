"""Files that the documents name are there."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
NAMED = re.compile(r"\b(?:jobfair|tests|tools|bench|deploy|migrations)/[\w./*-]*\w")
TESTS = re.compile(r"(?<=`)[\w/]+/test_\w+\.py(?=`)")
"""The tables of what is proved name tests without their first folder."""

WRITTEN = "bench/results"
"""Where `make bench` puts what it measured."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document):
    words = document.read_text()
    named = set(NAMED.findall(words)) - {WRITTEN}
    named |= {f"tests/{each.removeprefix('tests/')}" for each in TESTS.findall(words)}
    assert [each for each in sorted(named) if not any(PROJECT.glob(each))] == []
