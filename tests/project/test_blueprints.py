"""Views know nothing of each other: what two of them share stands in a module without views."""

import ast
from pathlib import Path

import jobfair

ROOT = Path(jobfair.__file__).parents[1]
BLUEPRINTS = ROOT / "jobfair" / "blueprints"


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree):
    """The names of all that a module imports, and of where it imports it from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def has_views(tree):
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Name) and called.id == "Blueprint" for called in calls)


def test_no_module_imports_anothers_views():
    trees = {path: ast.parse(path.read_text()) for path in BLUEPRINTS.rglob("*.py")}
    views = {name_of(path) for path, tree in trees.items() if has_views(tree)}
    assert len(views) > 40
    # A package registers the views in it, and those of the packages in it.
    importing = {
        f"{name_of(path)} imports {name}"
        for path, tree in trees.items()
        if path.name != "__init__.py"
        for name in views & {*imported(tree)}
    }
    assert not importing
