"""The tests themselves: random ones can be played again, none waits longer than it must, and
a document that names one names a file that is there."""

import ast
import re
from pathlib import Path
from types import SimpleNamespace as Namespace

import pytest

from tests.conftest import pytest_terminal_summary

PROJECT = Path(__file__).parents[2]
NAMING = [
    *sorted((PROJECT / "docs").glob("*.md")),
    *(PROJECT / name for name in ("README.md", "Makefile", "pyproject.toml")),
    *sorted((PROJECT / "tools").glob("*.*")),
]
OWN_CHANCE = {
    "tests/support/chance.py",
    "tests/simulated/promised_fairs.py",  # Its seed is given, also by the tool for estimates.
    "tests/simulated/forecast_fairs.py",  # Likewise.
    "tests/system/support/visitors.py",  # No seed decides which of many threads is first.
}
BESIDE_THE_PACKAGES = {"browser", "project", "simulated", "support", "system"}
OWN_PAUSE = {"tests/support/waiting.py"}
PAUSE = re.compile(r"\b(?:sleep|wait_for_timeout)\(")
WHOLE_NAME = re.compile(r"\btests/[\w/]+[\w*]*(?:\.\w+)?")
SHORT_NAME = re.compile(r"`((?!tests/)(?:\w+/)+test_\w+\.py)")


def modules_but(these):
    for path in sorted((PROJECT / "tests").rglob("*.py")):
        if path.relative_to(PROJECT).as_posix() not in these:
            yield path


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def test_folders_are_named_for_the_package_that_they_test():
    tests = PROJECT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")}
    strange = [
        each.as_posix()
        for each in folders
        if each.parts and each.parts[0] not in BESIDE_THE_PACKAGES
        if not (PROJECT / "jobfair" / each).is_dir()
    ]
    assert not strange


def test_chance_has_a_seed_that_is_said():
    drawing = [path.name for path in modules_but(OWN_CHANCE) if "random" in imports(path)]
    assert not drawing, "draw by tests/support/chance.py"


def test_a_pause_says_what_its_time_is_for():
    unsaid = []
    for path in modules_but(OWN_PAUSE):
        lines = path.read_text().split("\n")
        for above, line in zip(["", *lines], lines, strict=False):
            pauses = PAUSE.search(line) and not line.lstrip().startswith("def ")
            if pauses and "#" not in line and not above.lstrip().startswith("#"):
                unsaid.append(f"{path.name}: {line.strip()}")
    assert not unsaid, "wait for what has to happen, by tests/support/waiting.py"


def test_no_page_is_asked_to_evaluate_a_string_later():
    """The policy forbids it: such a wait fails as soon as it is not over at its first look."""
    waiting = [
        path.name
        for path in modules_but({"tests/project/test_how_tests_are_written.py"})
        if ".wait_for_function(" in path.read_text()
    ]
    assert not waiting, "wait by until of tests/browser/people.py"


@pytest.mark.parametrize("again", [True, False])
def test_a_second_try_is_named(again):
    said = []

    class Terminal:
        write_line = said.append

        def getreports(self, outcome):
            return [Namespace(nodeid="tests/test_moody.py::test_it")] if outcome == "passed" else []

    pytest_terminal_summary(Terminal(), Namespace(getoption=lambda _name, **_default: again))
    assert said == ["second try needed: tests/test_moody.py::test_it (passed)"] * again


def test_tests_that_are_named_are_there():
    missing = []
    for path in NAMING:
        text = path.read_text()
        named = WHOLE_NAME.findall(text) + [f"tests/{each}" for each in SHORT_NAME.findall(text)]
        missing += [
            f"{path.name}: {each}" for each in named if not [*PROJECT.glob(each.rstrip("/"))]
        ]
    assert not missing
