"""What somebody sent is never taken for a pattern, a template or a format."""

import ast
from pathlib import Path

import jobfair

SOURCES = Path(jobfair.__file__).parent
OWN = {"settings/types.py", "queries/access/open_sign_ins.py", "queries/hall_codes.py"}
"""Patterns that the caller, or a table beside them, names."""

OF_RE = {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub"}


def calls():
    """Each call of a function of something: where, what it is of, the function, its arguments."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                where = path.relative_to(SOURCES).as_posix()
                yield where, node.func.value, node.func.attr, node.args


def is_written_here(text):
    """A text without anything filled in, or a constant of the module."""
    return isinstance(text, ast.Constant) or (isinstance(text, ast.Name) and text.id.isupper())


def test_no_pattern_is_made_of_what_somebody_sent():
    made = [
        f"{where}: {ast.unparse(arguments[0])}"
        for where, of, name, arguments in calls()
        if name in OF_RE and ast.unparse(of) == "re" and where not in OWN
        if not is_written_here(arguments[0])
    ]
    assert made == []


def test_templates_and_formats_are_written_in_files():
    for where, of, name, _arguments in calls():
        assert name != "from_string", where
        if name == "format":
            marked = isinstance(of, ast.Call) and ast.unparse(of.func) == "Markup"
            assert is_written_here(of.args[0] if marked else of), where
    sources = [path.read_text() for path in SOURCES.rglob("*.py")]
    assert not [each for each in sources if "render_template_string" in each]
