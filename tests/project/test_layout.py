"""The packages are easy to find: few modules lie beside them, and each package says what it is."""

import ast
import re
import tomllib
from pathlib import Path

HOME = Path(__file__).parents[2] / "jobfair"
BESIDE_THE_PACKAGES = 8


def test_few_modules_lie_beside_the_packages():
    assert len(list(HOME.glob("*.py"))) <= BESIDE_THE_PACKAGES


def test_every_package_says_what_it_holds_and_what_it_may_not_know():
    says = {path.parent: ast.get_docstring(ast.parse(path.read_text())) for path in packages()}
    assert [path.name for path, words in says.items() if not words] == []


def test_the_picture_of_the_layers_has_the_order_that_is_checked():
    checks = tomllib.loads((HOME.parent / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = [layer.split(" | ") for layer in checks["contracts"][0]["layers"]]
    height = {name: at for at, layer in enumerate(layers) for name in layer}
    page = (HOME.parent / "docs" / "architecture.md").read_text()
    picture = page.split("## The packages")[1].split("```")[1]
    drawn = re.findall(r"^(\S+(?: \S+/| \S+\.py)*)", picture, re.MULTILINE)
    names = [re.sub(r"/$|\.py$", "", each) for line in drawn for each in line.split()]
    assert sorted(names) == sorted(height)
    assert [height[name] for name in names] == sorted(height.values())


def packages():
    yield from HOME.glob("*/**/__init__.py")
