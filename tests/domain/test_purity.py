"""The rules import the standard library and themselves; time, chance and storage are handed in."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parents[2] / "jobfair" / "domain"
# Standard library too, but each is a clock, a die or a way out.
HANDED_IN = {
    "asyncio",
    "http",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
    "time",
    "urllib",
    "uuid",
}
CLOCKS = {"now", "utcnow", "today"}

every_file = pytest.mark.parametrize(
    "path", sorted(DOMAIN.rglob("*.py")), ids=lambda p: p.relative_to(DOMAIN).as_posix()
)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            # A relative import can only mean the domain itself while it goes up one level.
            yield (node.module or "") if node.level == 0 else "." * node.level


def is_pure(module: str) -> bool:
    top = module.partition(".")[0]
    itself = module == "jobfair.domain" or module.startswith("jobfair.domain.") or module == "."
    return itself or (top in sys.stdlib_module_names and top not in HANDED_IN)


@every_file
def test_imports_only_the_standard_library_and_itself(path: Path) -> None:
    foreign = {name for name in imported(ast.parse(path.read_text("utf-8"))) if not is_pure(name)}
    assert not foreign


@every_file
def test_asks_no_clock_and_opens_no_file(path: Path) -> None:
    calls = [
        node.func
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    asked = {call.attr for call in calls if isinstance(call, ast.Attribute)} & CLOCKS
    opened = {call.id for call in calls if isinstance(call, ast.Name)} & {"open", "print", "input"}
    assert not asked | opened


@pytest.mark.parametrize(
    ("module", "pure"),
    [
        ("dataclasses", True),
        ("collections.abc", True),
        ("jobfair.domain.turns", True),
        ("jobfair.domainish", False),
        ("jobfair.models", False),
        ("flask", False),
        ("time", False),
        ("..", False),
    ],
)
def test_the_check_itself_tells_them_apart(module: str, pure: bool) -> None:
    assert is_pure(module) is pure
