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


SHORT = re.compile(r"(?:[\w-]+/)*[\w-]+\.(?:py|js)\b|(?:[\w-]+/)*_\w+\.html\b")
FUNCTION = re.compile(r"([\w/]+\.py):\s+(\w+)(?=`|<br>)")
ARCHITECTURE = PROJECT / "docs" / "architecture.md"


def test_every_module_and_function_of_the_architecture_is_there():
    """They are named without the folders that the sentence makes clear."""
    files = [each for top in ("jobfair", "tests") for each in (PROJECT / top).rglob("*.*")]
    words = ARCHITECTURE.read_text()
    ends = tuple(each.as_posix() for each in files)
    named = {f"/{each}" for each in SHORT.findall(words)}
    assert [each for each in sorted(named) if not any(path.endswith(each) for path in ends)] == []
    for module, function in FUNCTION.findall(words):
        declared = re.compile(rf"^(?:def|class) {function}\b", re.MULTILINE)
        there = [path for path in files if path.as_posix().endswith(f"/{module}")]
        assert any(declared.search(path.read_text()) for path in there), f"{module}: {function}"


CALL = re.compile(r"/api/[a-z][\w/{}.-]*")
FOR_PEOPLE = "/api/docs/"
PAGES_ALONE = ("restore",)
"""What the README says is not in JSON."""


def test_every_call_that_a_document_names_is_one_and_what_is_on_the_pages_alone_is_none(client):
    calls = {*client.get("/api/openapi.json").json["paths"], FOR_PEOPLE}
    for document in DOCUMENTS:
        named = {each.rstrip(".") for each in CALL.findall(outside_of_code(document.read_text()))}
        assert named <= calls, document.name
    assert [each for each in calls if any(words in each for words in PAGES_ALONE)] == []
    for area in (
        "companies",
        "queues",
        "students",
        "dashboard",
        "fair",
        "imports",
        "exports",
        "many",
    ):
        assert any(f"/{area}/" in each for each in calls), area


def outside_of_code(words):
    """Without the paths of files, such as `blueprints/api/queues.py`."""
    return re.sub(r"[\w/]*\w/api/[\w./]+\.py", "", words)
