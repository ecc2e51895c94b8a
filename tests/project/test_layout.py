"""The packages are easy to find: few modules lie beside them, and each package says what it is."""

import ast
from pathlib import Path

HOME = Path(__file__).parents[2] / "jobfair"
BESIDE_THE_PACKAGES = 8


def test_few_modules_lie_beside_the_packages():
    assert len(list(HOME.glob("*.py"))) <= BESIDE_THE_PACKAGES


def test_every_package_says_what_it_holds_and_what_it_may_not_know():
    says = {path.parent: ast.get_docstring(ast.parse(path.read_text())) for path in packages()}
    assert [path.name for path, words in says.items() if not words] == []


def packages():
    yield from HOME.glob("*/**/__init__.py")
